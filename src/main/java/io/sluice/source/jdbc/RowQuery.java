package io.sluice.source.jdbc;

import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows that are asked for, as SQL.
 *
 * @param from a table, or a query in parentheses
 * @param condition empty where all rows are
 */
record RowQuery(String from, Optional<String> condition) {

  /** The rows whose column lies in the intervals, which are on the lake's civil clock. */
  static RowQuery between(
      String from, String column, ByType type, IntervalSet intervals, ZoneId zone) {
    String condition =
        intervals.ranges().stream()
            .map(range -> range(column, type, range, zone))
            .collect(Collectors.joining(" OR "));
    return new RowQuery(from, Optional.of(condition));
  }

  private static String range(String column, ByType type, Interval range, ZoneId zone) {
    return "(%s >= %s AND %s < %s)"
        .formatted(
            column, type.literal(range.from(), zone), column, type.literal(range.to(), zone));
  }

  String select(String columns) {
    return "SELECT "
        + columns
        + " FROM "
        + from
        + " src"
        + where(condition.map(c -> "(" + c + ")"));
  }

  /** The query as a table of another. */
  String table(String columns) {
    return "(" + select(columns) + ") sluice_rows";
  }

  static String columnsOf(String from) {
    return "SELECT * FROM " + from + " src WHERE 1 = 0";
  }

  private static String where(Optional<String> condition) {
    return condition.map(c -> " WHERE " + c).orElse("");
  }
}
