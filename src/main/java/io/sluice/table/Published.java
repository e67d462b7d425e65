package io.sluice.table;

import io.sluice.deltalog.Commit;

/**
 * A commit that was made.
 *
 * @param changesRows whether the table's rows are others than before
 */
record Published(long version, boolean changesRows) {
  static Published of(Commit commit) {
    return new Published(commit.version(), commit.changesData());
  }
}
