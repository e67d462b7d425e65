package io.sluice.source.nosql;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sluice.source.columns.DeclaredColumns;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import io.sluice.time.LakeTime;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * The rows of the intervals, as conditions that Cassandra can take.
 *
 * @param isDate whether the column holds days, or moments
 * @param isKey whether it is the whole partition key, of which Cassandra takes no ranges
 */
record CassandraFilter(String column, boolean isDate, boolean isKey, Cadence every, LakeTime time) {

  /** Each is one that the connector takes or leaves; a row meets all of them. */
  List<Column> of(List<Interval> intervals) {
    List<Interval> ranges = IntervalSet.of(intervals).ranges();
    Column value = col(DeclaredColumns.quoted(column));
    if (isDate && isKey) {
      return List.of(value.isin(days(ranges)));
    }
    Interval first = ranges.get(0);
    Interval last = ranges.get(ranges.size() - 1);
    List<Column> conditions = new ArrayList<>();
    conditions.add(value.geq(bound(first.from())));
    conditions.add(value.lt(bound(last.to())));
    if (ranges.size() > 1) {
      // No alternatives go to Cassandra: it is asked for all from the first to the last.
      conditions.add(
          ranges.stream()
              .map(range -> value.geq(bound(range.from())).and(value.lt(bound(range.to()))))
              .reduce(Column::or)
              .orElseThrow());
    }
    return conditions;
  }

  private static Object[] days(List<Interval> ranges) {
    return ranges.stream()
        .flatMap(
            range -> {
              LocalDate end = range.to().minusNanos(1).toLocalDate().plusDays(1);
              return range.from().toLocalDate().datesUntil(end);
            })
        .toArray();
  }

  private Column bound(LocalDateTime bound) {
    return lit(isDate ? bound.toLocalDate() : time.instant(bound, every));
  }
}
