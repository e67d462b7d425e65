package io.sluice.survey;

import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.plan.Needs;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which whole inputs have not passed an interval yet.
 *
 * @param unobtainable intervals of a job that nobody can make any more: they are not waited for
 */
record Waits(Lake lake, Function<TableName, IntervalSet> unobtainable) {

  /**
   * By input, those of the intervals that it has not passed.
   *
   * @param made what is made of an input, as the attempt sees it
   */
  Map<String, IntervalSet> early(
      Job job, List<Interval> intervals, Function<Input, IntervalSet> made) {
    Map<String, IntervalSet> early = new HashMap<>();
    for (Input input : job.inputs().values()) {
      boolean waitedFor = input.sight() == Input.Sight.WHOLE || input.sight() == Input.Sight.AS_OF;
      if (waitedFor && lake.job(input.table()).isMade()) {
        IntervalSet passed = made.apply(input).union(unobtainable.apply(input.table()));
        List<Interval> lagging =
            intervals.stream().filter(interval -> lags(job, input, interval, passed)).toList();
        if (!lagging.isEmpty()) {
          early.put(input.table().toString(), IntervalSet.of(lagging));
        }
      }
    }
    return early;
  }

  private boolean lags(Job job, Input input, Interval interval, IntervalSet passed) {
    Job read = lake.job(input.table());
    return Needs.of(job, input, read, interval, lake.time())
        .filter(need -> !Needs.areMet(need, read, passed))
        .isPresent();
  }
}
