package io.sluice.table;

import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;

/** Which rows of a table the staged ones take the place of. */
sealed interface Slice {

  /** All of them. */
  record Whole() implements Slice {}

  /** Those whose moment lies in one of these times; at least one. */
  record Span(IntervalColumn column, IntervalSet times) implements Slice {
    public Span {
      if (times.isEmpty()) {
        throw new IllegalArgumentException("A slice without times is none");
      }
    }

    Span(IntervalColumn column, Interval time) {
      this(column, IntervalSet.of(time));
    }

    Span without(List<Interval> intervals) {
      return new Span(column, times.minus(IntervalSet.of(intervals)));
    }

    boolean holds(LocalDateTime moment) {
      return times.ranges().stream().anyMatch(range -> range.contains(moment));
    }

    /** Whether it holds the rows of files with these partition values. */
    boolean holds(Map<String, String> partition) {
      String value = partition.get(column.name());
      return value != null && holds(column.parse(value));
    }

    Column rows() {
      return times.ranges().stream().map(column::within).reduce(Column::or).orElseThrow();
    }

    /** The same as SQL text. */
    String sql() {
      return times.ranges().stream()
          .map(column::sqlWithin)
          .collect(Collectors.joining(") OR (", "(", ")"));
    }
  }
}
