package io.sluice.ledger;

import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Intervals of which there is more to say than that they are made; neighbours are one row. */
record Deviations(Transaction transaction) {

  static final String FAILED = "failed";
  static final String EARLY = "early";
  static final String STALE = "stale";
  static final String FORCED = "forced";
  private static final String FOREIGN = "foreign";

  /**
   * What is said of an interval.
   *
   * @param about the input that an interval is early for; the kind of a mark
   * @param forced the job's count when it was forced; 0 for all others
   */
  record Fact(String sort, String about, String cause, long forced) {
    static Fact failed() {
      return new Fact(FAILED, "", "", 0);
    }

    static Fact early(String input) {
      return new Fact(EARLY, input, "", 0);
    }

    static Fact stale(String kind, String cause) {
      return new Fact(STALE, kind, cause, 0);
    }

    static Fact forced(String cause, long count) {
      return new Fact(STALE, FORCED, cause, count);
    }
  }

  private record Held(long seq, Fact fact, Interval interval) {}

  void add(String job, Fact fact, IntervalSet intervals) throws SQLException {
    IntervalSet before = IntervalSet.EMPTY;
    List<Held> rows = new ArrayList<>();
    for (Held held : held(job)) {
      if (held.fact.equals(fact)) {
        rows.add(held);
        before = before.plus(held.interval);
      }
    }
    IntervalSet after = before.union(intervals);
    if (!after.equals(before)) {
      delete(rows);
      insert(job, fact, after);
    }
  }

  /**
   * Marks those of the intervals that are made; of what others wrote, also those that are not, so
   * that it is not made over unasked.
   */
  void addMarks(String job, List<JobFacts.Mark> marks, IntervalSet made, IntervalSet but)
      throws SQLException {
    Map<Fact, IntervalSet> byFact = new LinkedHashMap<>();
    for (JobFacts.Mark mark : marks) {
      IntervalSet all = IntervalSet.of(mark.interval());
      boolean isKnown = mark.kind().equals(FOREIGN) && !mark.interval().isAlways();
      byFact.merge(
          Fact.stale(mark.kind(), mark.cause()),
          (isKnown ? all : all.intersect(made)).minus(but),
          IntervalSet::union);
    }
    for (Map.Entry<Fact, IntervalSet> entry : byFact.entrySet()) {
      add(job, entry.getKey(), entry.getValue());
    }
  }

  /** Takes back all that is said of the intervals, but for what was forced later than a count. */
  void clear(String job, IntervalSet intervals, long forced) throws SQLException {
    for (Held held : held(job)) {
      IntervalSet before = IntervalSet.of(held.interval);
      IntervalSet after = before.minus(intervals);
      if (held.fact.forced <= forced && !after.equals(before)) {
        delete(List.of(held));
        insert(job, held.fact, after);
      }
    }
  }

  private List<Held> held(String job) throws SQLException {
    return transaction.list(
        row ->
            new Held(
                row.number("seq"),
                new Fact(
                    row.text("sort"), row.text("about"), row.text("cause"), row.number("forced")),
                row.interval()),
        "SELECT * FROM deviation WHERE job = ? ORDER BY seq",
        job);
  }

  private void delete(List<Held> rows) throws SQLException {
    transaction.batch(
        "DELETE FROM deviation WHERE seq = ?",
        rows.stream().map(row -> new Object[] {row.seq}).toList());
  }

  private void insert(String job, Fact fact, IntervalSet intervals) throws SQLException {
    transaction.batch(
        """
        INSERT INTO deviation (job, sort, about, cause, forced, from_at, to_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        intervals.ranges().stream()
            .map(
                range ->
                    new Object[] {
                      job, fact.sort, fact.about, fact.cause, fact.forced, range.from(), range.to()
                    })
            .toList());
  }
}
