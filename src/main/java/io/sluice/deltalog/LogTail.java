package io.sluice.deltalog;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a log holds after a version that was known.
 *
 * @param commits in order of their versions
 * @param latest the table's newest version; empty where there is no table
 * @param gap why {@code commits} are not all that happened; anything may have changed then
 */
public record LogTail(List<Commit> commits, OptionalLong latest, Optional<LogGap> gap) {
  public LogTail {
    commits = List.copyOf(commits);
  }
}
