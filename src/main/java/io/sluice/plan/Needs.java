package io.sluice.plan;

import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;

/** What an interval of a job needs of an input: one rule for planning and for running. */
public final class Needs {
  private Needs() {}

  /** The span of the input that the interval reads, on the input's civil clock. */
  public static Interval of(Job reader, Input input, Job read, Interval task, LakeTime time) {
    if (read.every() == Cadence.NONE || task.isAlways()) {
      return Interval.ALWAYS;
    }
    Interval cut = time.translate(input.lookback().lengthen(task), reader.every(), read.every());
    return input.sight().isCut() ? cut : new Interval(Interval.ALWAYS.from(), cut.to());
  }
}
