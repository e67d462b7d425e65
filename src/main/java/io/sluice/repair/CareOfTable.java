package io.sluice.repair;

import io.sluice.lake.Job;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What will be done for a job's table.
 *
 * @param table its own need
 * @param quarantine that of the table of its turned away rows
 * @param staged folders of rows that were staged by attempts that are no more
 * @param cared when it was last taken care of
 * @param due whether that is long enough ago, or it was asked for now
 */
public record CareOfTable(
    Job job,
    CareNeed table,
    CareNeed quarantine,
    List<String> staged,
    Optional<Instant> cared,
    boolean due) {

  public CareOfTable {
    staged = List.copyOf(staged);
  }

  /** Whether there is anything to do for which Spark is needed. */
  boolean needsSpark() {
    return !table.isNone() || !quarantine.isNone();
  }

  public boolean isNeeded() {
    return due && (needsSpark() || !staged.isEmpty());
  }
}
