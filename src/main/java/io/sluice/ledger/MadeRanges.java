package io.sluice.ledger;

import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Made intervals, as ranges of one definition each. A daily run moves the end of one row; only a
 * definition that makes some of the intervals anew splits them.
 */
record MadeRanges(Transaction transaction) {

  private record Range(Interval interval, String definition) {}

  IntervalSet of(String job) throws SQLException {
    return IntervalSet.of(
        transaction.list(Row::interval, "SELECT from_at, to_at FROM made WHERE job = ?", job));
  }

  void add(String job, IntervalSet intervals, String definition) throws SQLException {
    for (Interval interval : intervals.ranges()) {
      add(job, interval, definition);
    }
  }

  void remove(String job, IntervalSet intervals) throws SQLException {
    for (Interval interval : intervals.ranges()) {
      List<Range> before = at(job, interval);
      for (Range range : before) {
        if (!range.interval.overlaps(interval)) {
          continue;
        }
        transaction.update(
            "DELETE FROM made WHERE job = ? AND from_at = ?", job, range.interval.from());
        IntervalSet rest = IntervalSet.of(range.interval).minus(IntervalSet.of(interval));
        for (Interval part : rest.ranges()) {
          put(job, new Range(part, range.definition));
        }
      }
    }
  }

  private void add(String job, Interval interval, String definition) throws SQLException {
    List<Range> before = at(job, interval);
    Interval joined = interval;
    List<Range> after = new ArrayList<>();
    for (Range range : before) {
      if (range.definition.equals(definition)) {
        joined = joined.span(range.interval);
      } else {
        IntervalSet rest = IntervalSet.of(range.interval).minus(IntervalSet.of(interval));
        rest.ranges().forEach(part -> after.add(new Range(part, range.definition)));
      }
    }
    after.add(new Range(joined, definition));
    for (Range range : before) {
      if (after.stream().noneMatch(kept -> startsWith(kept, range))) {
        transaction.update(
            "DELETE FROM made WHERE job = ? AND from_at = ?", job, range.interval.from());
      }
    }
    for (Range range : after) {
      if (!before.contains(range)) {
        put(job, range);
      }
    }
  }

  /** Those that overlap or touch it. */
  private List<Range> at(String job, Interval interval) throws SQLException {
    return transaction.list(
        row -> new Range(row.interval(), row.text("definition")),
        """
        SELECT from_at, to_at, definition FROM made
        WHERE job = ? AND from_at <= ? AND to_at >= ?""",
        job,
        interval.to(),
        interval.from());
  }

  private void put(String job, Range range) throws SQLException {
    transaction.update(
        """
        INSERT INTO made (job, from_at, to_at, definition) VALUES (?, ?, ?, ?)
        ON CONFLICT (job, from_at)
        DO UPDATE SET to_at = excluded.to_at, definition = excluded.definition""",
        job,
        range.interval.from(),
        range.interval.to(),
        range.definition);
  }

  private static boolean startsWith(Range one, Range other) {
    return one.interval.from().equals(other.interval.from());
  }
}
