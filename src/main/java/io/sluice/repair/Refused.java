package io.sluice.repair;

import io.sluice.lake.Job;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why intervals of one table can't be put back; those of one reason together. */
final class Refused {
  private final Job job;
  private final Map<String, List<Interval>> byReason = new LinkedHashMap<>();

  Refused(Job job) {
    this.job = job;
  }

  void add(Interval interval, String why) {
    byReason.computeIfAbsent(why, any -> new ArrayList<>()).add(interval);
  }

  void add(IntervalSet intervals, String why) {
    intervals.split(job.every()).forEach(interval -> add(interval, why));
  }

  boolean isEmpty() {
    return byReason.isEmpty();
  }

  /** A line a reason. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    byReason.forEach(
        (why, intervals) ->
            lines.add("%s%s: %s".formatted(job.name(), name(IntervalSet.of(intervals)), why)));
    return lines;
  }

  private String name(IntervalSet intervals) {
    return intervals.contains(Interval.ALWAYS) ? "" : " " + job.every().name(intervals);
  }

  /** How the intervals are made again instead. */
  static String again(Job job, IntervalSet intervals) {
    IntervalSet span = intervals.span().map(IntervalSet::of).orElse(IntervalSet.EMPTY);
    String dates =
        span.split(job.every()).isEmpty()
                || span.ranges().get(0).isAlways() && job.every() != Cadence.NONE
            ? "--from <its first interval>"
            : dates(job, span.split(job.every()));
    return "make them again instead: sluice backfill --select %s %s".formatted(job.name(), dates);
  }

  private static String dates(Job job, List<Interval> all) {
    Interval first = all.get(0);
    Interval last = all.get(all.size() - 1);
    return first.equals(last)
        ? "--date " + job.every().name(first)
        : "--from %s --to %s".formatted(job.every().name(first), job.every().name(last));
  }
}
