package io.sluice.plan;

import io.sluice.lake.TableName;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One job and neighbouring intervals of it that one Spark job will make.
 *
 * @param intervals in order, without gaps
 * @param reasons what each reason is for, with what a person is told of it, in order of weight
 */
public record PlannedTask(
    TableName job, Cadence every, List<Interval> intervals, Map<Reason, String> reasons) {

  public PlannedTask {
    intervals = List.copyOf(intervals);
    EnumMap<Reason, String> inOrder = new EnumMap<>(Reason.class);
    inOrder.putAll(reasons);
    reasons = Collections.unmodifiableMap(inOrder);
  }

  public Interval first() {
    return intervals.get(0);
  }

  public Interval last() {
    return intervals.get(intervals.size() - 1);
  }

  public IntervalSet set() {
    return IntervalSet.of(first().span(last()));
  }
}
