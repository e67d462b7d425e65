package io.sluice.plan;

import io.sluice.lake.TableName;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One job and neighbouring intervals of it that one Spark job will make.
 *
 * @param intervals in order, without gaps
 * @param reasons what each reason is for, with what a person is told of it, in order of weight
 * @param following those of the intervals that are planned only because others are: intervals of
 *     inputs, or before them in an ordered job. They need not be made where those turn out as they
 *     were.
 */
public record PlannedTask(
    TableName job,
    Cadence every,
    List<Interval> intervals,
    Map<Reason, String> reasons,
    IntervalSet following) {

  /** One that follows its inputs as a whole, where it has no other reason. */
  public PlannedTask(
      TableName job, Cadence every, List<Interval> intervals, Map<Reason, String> reasons) {
    this(
        job,
        every,
        intervals,
        reasons,
        reasons.keySet().equals(Set.of(Reason.UPSTREAM))
            ? IntervalSet.of(intervals)
            : IntervalSet.EMPTY);
  }

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

  /**
   * The same of some of its intervals.
   *
   * @param some in order, without gaps
   */
  public PlannedTask only(List<Interval> some) {
    return new PlannedTask(job, every, some, reasons, following.intersect(IntervalSet.of(some)));
  }

  public IntervalSet set() {
    return IntervalSet.of(first().span(last()));
  }
}
