package io.sluice.task;

import io.sluice.lake.Job;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Optional;

/**
 * One try at making these intervals of a job.
 *
 * @param intervals in order, without gaps
 * @param run id of the run
 * @param attempt id of the try, unique in the lake
 * @param rebuild whether the table starts anew with these rows, whatever its columns were
 * @param token of the lease that the driver holds
 */
public record TaskOrder(
    Job job,
    List<Interval> intervals,
    String run,
    String attempt,
    boolean rebuild,
    Optional<Long> token) {

  /** Of who holds no lease. */
  public TaskOrder(Job job, List<Interval> intervals, String run, String attempt) {
    this(job, intervals, run, attempt, false, Optional.empty());
  }

  /** The same, for a table that starts anew. */
  public TaskOrder anew() {
    return new TaskOrder(job, intervals, run, attempt, true, token);
  }

  public TaskOrder {
    intervals = List.copyOf(intervals);
    if (intervals.isEmpty()) {
      throw new IllegalArgumentException("A task has intervals");
    }
  }

  /** The job and its intervals, as people read them. */
  String title() {
    return job.name()
        + " "
        + job.every().name(intervals.get(0), intervals.get(intervals.size() - 1));
  }

  /** From the start of the first interval to the end of the last. */
  public Interval span() {
    return intervals.get(0).span(intervals.get(intervals.size() - 1));
  }
}
