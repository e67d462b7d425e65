package io.sluice.survey;

import io.sluice.lake.Job;
import io.sluice.lake.TableName;
import io.sluice.plan.Plan;
import io.sluice.plan.PlanRequest;
import io.sluice.plan.PlannedTask;
import io.sluice.plan.Planner;
import io.sluice.time.IntervalSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a plan made now would make of a job, or would if it could, by what the run was asked for.
 *
 * @param changed whether intervals made by another definition are made again
 * @param allSources whether old intervals' sources are looked at too
 */
public record StaleNow(Survey survey, Planner planner, boolean changed, boolean allSources) {

  public IntervalSet of(Job job) {
    Set<TableName> one = Set.of(job.name());
    Plan plan =
        planner.plan(
            survey.facts(one, allSources),
            new PlanRequest(one, Map.of(), false, Optional.empty(), changed));
    IntervalSet stale =
        plan.tasks().stream().map(PlannedTask::set).reduce(IntervalSet.EMPTY, IntervalSet::union);
    for (Plan.Waiting waiting : plan.waiting()) {
      stale = stale.union(waiting.intervals());
    }
    return stale;
  }
}
