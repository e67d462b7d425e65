package io.sluice.table;

import io.sluice.lake.Job;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be written where.
 *
 * @param path URI of the table
 * @param base version that the table must be read at: rows are made from it, and a commit after it
 *     that touches the same rows is a conflict; empty where there is no table yet
 * @param intervals the task's, in order, without gaps
 * @param attempt id of the try; what it leaves behind is found by it
 * @param rebuild whether the table starts anew with these rows: what it held goes, and its columns
 *     and partitioning become theirs
 * @param fence empty where no lease is held
 */
public record TableWrite(
    Job job,
    String path,
    OptionalLong base,
    List<Interval> intervals,
    LakeTime time,
    String attempt,
    boolean rebuild,
    Optional<Fence> fence) {
  public TableWrite {
    intervals = List.copyOf(intervals);
    if (intervals.isEmpty()) {
      throw new IllegalArgumentException("A write has intervals");
    }
  }

  /** Of who holds no lease. */
  public TableWrite(
      Job job,
      String path,
      OptionalLong base,
      List<Interval> intervals,
      LakeTime time,
      String attempt,
      boolean rebuild) {
    this(job, path, base, intervals, time, attempt, rebuild, Optional.empty());
  }

  /** From the start of the first interval to the end of the last. */
  public Interval span() {
    return intervals.get(0).span(intervals.get(intervals.size() - 1));
  }
}
