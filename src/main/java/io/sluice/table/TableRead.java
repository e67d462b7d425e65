package io.sluice.table;

import io.sluice.time.Interval;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Which rows of which version.
 *
 * @param path URI of the table
 * @param cut rows of this span alone; empty for all
 * @param asOf of an SCD2 table: versions that hold from this moment on are left out, and those they
 *     closed stand open
 * @param zone of the clock that the cut and the moment are told by: UTC for hours, the lake's for
 *     all others
 */
public record TableRead(
    String path, long version, Optional<Cut> cut, Optional<LocalDateTime> asOf, ZoneId zone) {

  /**
   * @param column DATE or TIMESTAMP column of the table
   * @param span half-open, on the civil clock of the table's cadence
   */
  public record Cut(String column, Interval span) {}
}
