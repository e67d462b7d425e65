package io.sluice.ledger;

import io.sluice.deltalog.Receipt;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Days of January 2011 and attempts at them. */
final class Days {
  static final String JOB = "analysis.fact_sale";
  static final String INPUT = "raw.sales";
  static final Instant NOON = Instant.parse("2011-02-01T12:00:00Z");

  private Days() {}

  static Interval day(int day) {
    return days(day, day);
  }

  /** Both included. */
  static Interval days(int first, int last) {
    return new Interval(
        LocalDate.of(2011, 1, first).atStartOfDay(),
        LocalDate.of(2011, 1, last).plusDays(1).atStartOfDay());
  }

  static IntervalSet set(Interval... intervals) {
    return IntervalSet.of(intervals);
  }

  static AttemptRow attempt(String id, Interval intervals) {
    return attempt(id, intervals, NOON);
  }

  static AttemptRow attempt(String id, Interval intervals, Instant startedAt) {
    return AttemptRow.begun(id, "run", "task-" + id, JOB, set(intervals), "d1", 4, startedAt);
  }

  /** A receipt with 100 rows a day, and as many bad ones as the day has in its name. */
  static Receipt receipt(String attempt, String definition, int first, int last) {
    return new Receipt(
        "retail",
        JOB,
        "run",
        attempt,
        definition,
        Map.of(INPUT, 7L),
        IntStream.rangeClosed(first, last)
            .mapToObj(day -> new Receipt.Made(day(day), 100, day))
            .toList());
  }

  static MadeFacts made(String attempt, int first, int last) {
    return made(attempt, "d1", 5, first, last);
  }

  static MadeFacts made(String attempt, String definition, long version, int first, int last) {
    return new MadeFacts(
        receipt(attempt, definition, first, last), version, Map.of(), Map.of(), Map.of());
  }

  static MadeFacts touching(MadeFacts made, long from, long to, JobFacts.Mark... marks) {
    return new MadeFacts(
        made.receipt(),
        made.version(),
        made.items(),
        made.early(),
        Map.of(INPUT, new MadeFacts.Touched(from, to, List.of(marks))));
  }

  static JobFacts.Mark changed(Interval interval) {
    return new JobFacts.Mark(interval, "input changed", "raw.sales 7");
  }
}
