package io.sluice.table;

import io.sluice.lake.Job;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is to be written where.
 *
 * @param path URI of the table
 * @param base version that the table must be read at: rows are made from it, and a commit after it
 *     that touches the same rows is a conflict; empty where there is no table yet
 * @param intervals the task's, in order, without gaps
 */
public record TableWrite(
    Job job, String path, OptionalLong base, List<Interval> intervals, LakeTime time) {
  public TableWrite {
    intervals = List.copyOf(intervals);
  }
}
