package io.sluice.cli;

import io.sluice.lake.Job;
import io.sluice.lake.Making;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import io.sluice.time.LakeTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The span that a backfill names, in which something must be due. */
record BackfillSpan(Interval span, Instant now, LakeTime time) {

  /** Those of the jobs that have anything to make; refused where nothing of them is in the span. */
  List<Job> made(List<Job> named) {
    List<Job> made = named.stream().filter(Job::isMade).toList();
    if (made.isEmpty()) {
      throw new UserException(
          "nothing to make: %s; select what reads it"
              .formatted(
                  named.stream().map(BackfillSpan::notMade).collect(Collectors.joining("; "))));
    }
    List<Job> timed = made.stream().filter(job -> job.every() != Cadence.NONE).toList();
    if (timed.size() == 1) {
      DueIntervals.of(timed.get(0), now, time).within(span);
    } else if (!timed.isEmpty()) {
      check(timed);
    }
    return made;
  }

  private static String notMade(Job job) {
    return job.making() instanceof Making.External
        ? job.name() + " is an external table, which others make"
        : job.name() + " is a view, which is not stored";
  }

  private void check(List<Job> jobs) {
    List<Interval> due =
        jobs.stream().map(job -> job.schedule().due(now, time)).flatMap(Optional::stream).toList();
    if (due.stream().noneMatch(span::overlaps)) {
      throw new UserException(
          due.stream()
              .reduce(Interval::span)
              .map(
                  widest ->
                      "none of the %d tables has a due interval there; their intervals are in %s"
                          .formatted(jobs.size(), Cadence.DAY.name(IntervalSet.of(widest))))
              .orElse("no interval of the %d tables is due yet".formatted(jobs.size())));
    }
  }
}
