package io.sluice.table;

import io.sluice.lake.Making;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that are to take the place of a slice of a table.
 *
 * @param base version that is replaced; empty where there is no table yet
 * @param shape of the table afterwards
 * @param anew whether the table takes this shape whatever its own is
 * @param carried rows of the table that are written again with the new ones, in wider types
 * @param fence empty where no lease is held
 */
record Replacement(
    String path,
    OptionalLong base,
    TableShape shape,
    Slice slice,
    Counting counting,
    String attempt,
    boolean anew,
    Optional<Carried> carried,
    Optional<Fence> fence) {

  /** Nothing but the new rows is written. */
  Replacement(
      String path,
      OptionalLong base,
      TableShape shape,
      Slice slice,
      Counting counting,
      String attempt,
      boolean anew,
      Optional<Fence> fence) {
    this(path, base, shape, slice, counting, attempt, anew, Optional.empty(), fence);
  }

  /**
   * Rows that stay as they are but for their types.
   *
   * @param beside what alone the new rows take the place of
   */
  record Carried(Dataset<Row> rows, Slice.Span beside) {}

  Replacement carrying(Carried rows) {
    return new Replacement(
        path, base, shape, slice, counting, attempt, anew, Optional.of(rows), fence);
  }

  /** Whether intervals lie in a slice of their own each, so that some can stay as they are. */
  boolean isByInterval() {
    return slice instanceof Slice.Span;
  }

  /** The same, with these intervals of the table left as they are. */
  Replacement without(List<Interval> intervals) {
    if (!(slice instanceof Slice.Span span)) {
      throw new IllegalStateException("A table that is replaced whole has no parts to leave out");
    }
    return new Replacement(
        path, base, shape, span.without(intervals), counting, attempt, anew, carried, fence);
  }

  /** Columns that say when a row came: one that comes again is the same row. */
  List<String> stamps() {
    return counting.job().making() instanceof Making.FromSource
        ? List.of("_received_at")
        : List.of();
  }

  /** Whether files with these partition values are taken the place of. */
  boolean replaces(Map<String, String> partition) {
    return !(slice instanceof Slice.Span span) || span.holds(partition);
  }

  boolean isPartitioned() {
    return slice instanceof Slice.Span span && isPartitioned(span);
  }

  private boolean isPartitioned(Slice.Span span) {
    return shape.partitionBy().stream().anyMatch(span.column().name()::equalsIgnoreCase);
  }

  /** Whether a partition's rows are only written again, and stay the same. */
  boolean isCarried(Map<String, String> partition) {
    return carried
        .map(Carried::beside)
        .filter(this::isPartitioned)
        .filter(span -> !span.holds(partition))
        .isPresent();
  }
}
