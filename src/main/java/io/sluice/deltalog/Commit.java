package io.sluice.deltalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a table.
 *
 * @param changesData whether an action adds or removes rows (OPTIMIZE does not; a deletion vector
 *     does)
 * @param partitions partition values of the files with {@code dataChange}, each once; a NULL value
 *     is left out of its map; the one map of a table without partitions is empty
 * @param columns the table's types as SQL writes them, by column, in order; empty where the commit
 *     does not say them, and they are as before
 * @param touchesUnknown whether a file with {@code dataChange} does not say its partition, so that
 *     {@link #partitions} are not all: the commit may have touched any
 * @param applications versions that writers keep of themselves in the table, by name
 */
public record Commit(
    long version,
    Instant at,
    String operation,
    boolean changesData,
    List<Map<String, String>> partitions,
    Optional<Map<String, String>> columns,
    Optional<Receipt> receipt,
    boolean touchesUnknown,
    Map<String, Long> applications) {

  public Commit {
    partitions = List.copyOf(partitions);
    applications = Map.copyOf(applications);
  }

  /** A commit that tells no application's version. */
  public Commit(
      long version,
      Instant at,
      String operation,
      boolean changesData,
      List<Map<String, String>> partitions,
      Optional<Map<String, String>> columns,
      Optional<Receipt> receipt,
      boolean touchesUnknown) {
    this(
        version,
        at,
        operation,
        changesData,
        partitions,
        columns,
        receipt,
        touchesUnknown,
        Map.of());
  }

  /** A commit whose files all say their partitions. */
  public Commit(
      long version,
      Instant at,
      String operation,
      boolean changesData,
      List<Map<String, String>> partitions,
      Optional<Map<String, String>> columns,
      Optional<Receipt> receipt) {
    this(version, at, operation, changesData, partitions, columns, receipt, false);
  }
}
