package io.sluice.survey;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.plan.PlanRequest;
import io.sluice.plan.Planner;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Works it out of what can not be had now. */
public final class UnobtainableThen implements Unobtainable {
  private final Lake lake;
  private final Survey survey;
  private final Planner planner;
  private final Tails tails;
  private final Map<TableName, Map<TableName, IntervalSet>> now = new HashMap<>();

  public UnobtainableThen(Lake lake, Survey survey, Planner planner, Tails tails) {
    this.lake = lake;
    this.survey = survey;
    this.planner = planner;
    this.tails = tails;
  }

  /** Of what can't be had now, the newest that was due at the moment could be had then. */
  @Override
  public IntervalSet of(Job reader, TableName input, Instant moment) {
    IntervalSet gone =
        now.computeIfAbsent(reader.name(), name -> now(Set.of(name)))
            .getOrDefault(input, IntervalSet.EMPTY);
    if (gone.isEmpty()) {
      return gone;
    }
    Job read = lake.job(input);
    return read.schedule()
        .due(moment, lake.time())
        .map(due -> gone.intersect(IntervalSet.of(due)).minus(newest(read, due)))
        .orElse(IntervalSet.EMPTY);
  }

  private static IntervalSet newest(Job job, Interval due) {
    List<Interval> all = job.every().split(due);
    return all.isEmpty() ? IntervalSet.EMPTY : IntervalSet.of(all.get(all.size() - 1));
  }

  private Map<TableName, IntervalSet> now(Set<TableName> reader) {
    return planner
        .plan(survey.facts(reader, false, tails), PlanRequest.upToDate(reader))
        .unobtainable();
  }
}
