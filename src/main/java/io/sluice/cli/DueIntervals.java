package io.sluice.cli;

import io.sluice.lake.Job;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import io.sluice.time.LakeTime;
import java.time.Instant;
import java.util.List;

/** The intervals of a job that are due, of which a person names some. */
record DueIntervals(Job job, Interval span) {

  static DueIntervals of(Job job, Instant now, LakeTime time) {
    return job.schedule()
        .due(now, time)
        .map(span -> new DueIntervals(job, span))
        .orElseThrow(
            () ->
                new UserException(
                    "no interval of %s is due yet: it starts with %s"
                        .formatted(
                            job.name(), job.every().name(job.every().at(job.schedule().first())))));
  }

  Interval newest() {
    return job.every().at(span.to().minusNanos(1));
  }

  List<Interval> within(Interval typed) {
    return span.intersect(typed)
        .map(job.every()::split)
        .filter(intervals -> !intervals.isEmpty())
        .orElseThrow(
            () ->
                new UserException(
                    "%s has no due interval there; its intervals are %s"
                        .formatted(job.name(), job.every().name(IntervalSet.of(span)))));
  }
}
