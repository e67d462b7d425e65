package io.sluice.table;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.sluice.lake.Job;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Counts rows by interval, and refuses those that are of none of the write's.
 *
 * @param column the one that tells; empty where all rows are of the newest interval
 */
record Counting(Job job, List<Interval> intervals, Optional<IntervalColumn> column) {
  Counting {
    intervals = List.copyOf(intervals);
  }

  /** By an aggregate over the rows. */
  Map<Interval, Long> of(Dataset<Row> rows) {
    Tally tally = new Tally();
    List<Row> groups =
        column
            .map(
                known ->
                    rows.groupBy(known.start(job.every()).cast(DataTypes.StringType).as("start"))
                        .agg(count(lit(1))))
            .orElseGet(() -> rows.agg(lit("").as("start"), count(lit(1))))
            .collectAsList();
    for (Row group : groups) {
      if (group.isNullAt(0)) {
        tally.addUnknown(group.getLong(1));
      } else if (column.isEmpty()) {
        tally.add(newest(), group.getLong(1));
      } else {
        tally.add(job.every().at(parse(group.getString(0))), group.getLong(1));
      }
    }
    return tally.counts();
  }

  Interval newest() {
    return intervals.get(intervals.size() - 1);
  }

  Tally tally() {
    return new Tally();
  }

  private static LocalDateTime parse(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T'));
  }

  /** Counts that are known file by file. */
  final class Tally {
    private final Map<Interval, Long> counts = new LinkedHashMap<>();
    private final Map<Interval, Long> strays = new LinkedHashMap<>();
    private long unknown;

    private Tally() {
      intervals.forEach(interval -> counts.put(interval, 0L));
    }

    /** Rows whose moment is this. */
    void add(LocalDateTime moment, long rows) {
      add(job.every().at(moment), rows);
    }

    void add(Interval interval, long rows) {
      (counts.containsKey(interval) ? counts : strays).merge(interval, rows, Long::sum);
    }

    /** Rows whose interval column is NULL. */
    void addUnknown(long rows) {
      unknown += rows;
    }

    Map<Interval, Long> counts() {
      if (unknown > 0) {
        throw new TableException(
            "%s: %s has NULL in %s, so no interval is known; fill it, or turn such rows away by a rule (expect)"
                .formatted(job.name(), rows(unknown), name()),
            List.of());
      }
      if (!strays.isEmpty()) {
        throw stray();
      }
      return counts;
    }

    private TableException stray() {
      Cadence every = job.every();
      List<String> some = new ArrayList<>();
      long all = 0;
      for (Map.Entry<Interval, Long> entry : strays.entrySet()) {
        all += entry.getValue();
        if (some.size() < 5) {
          some.add("%s = %s (%d)".formatted(name(), every.name(entry.getKey()), entry.getValue()));
        }
      }
      return new TableException(
          "%s: %s outside the task's intervals %s: %s%s; a row must lie in the interval that makes it"
              .formatted(
                  job.name(),
                  all == 1 ? "1 row is" : all + " rows are",
                  every.name(intervals.get(0), intervals.get(intervals.size() - 1)),
                  String.join(", ", some),
                  strays.size() > some.size() ? ", …" : ""),
          List.of());
    }

    private String name() {
      return column.map(IntervalColumn::name).orElse("the interval column");
    }

    private static String rows(long rows) {
      return rows == 1 ? "1 row" : rows + " rows";
    }
  }
}
