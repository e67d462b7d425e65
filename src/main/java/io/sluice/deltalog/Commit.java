package io.sluice.deltalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a table.
 *
 * @param changesData whether an action adds or removes rows (OPTIMIZE does not)
 * @param partitions partition values of the files with {@code dataChange}, each once; a NULL value
 *     is left out of its map
 * @param touchesUnknown whether rows may have changed that {@code partitions} does not show: a file
 *     removed without its partition values, or commits that are no longer in the log
 * @param changesSchema whether it carries metadata of other columns or partitioning than before is
 *     not looked at: true where it carries metadata at all
 */
public record Commit(
    long version,
    Instant at,
    String operation,
    boolean changesData,
    List<Map<String, String>> partitions,
    boolean touchesUnknown,
    boolean changesSchema,
    Optional<Receipt> receipt) {

  public Commit {
    partitions = List.copyOf(partitions);
  }
}
