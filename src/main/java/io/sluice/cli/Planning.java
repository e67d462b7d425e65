package io.sluice.cli;

import io.sluice.graph.Graph;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.Ledger;
import io.sluice.plan.Plan;
import io.sluice.plan.PlannedTask;
import io.sluice.plan.Planner;
import io.sluice.survey.Survey;
import io.sluice.time.IntervalSet;
import java.util.Set;

/** Plans from what is true now. */
record Planning(Lake lake, Graph graph, Planner planner, Ledger ledger, Survey survey) {

  Requested requested(PlanRequest typed) {
    return Requested.of(typed, lake, graph, ledger);
  }

  /**
   * What would be made.
   *
   * @param allSources whether landing files of any age are looked at
   */
  Plan plan(Requested requested, boolean allSources) {
    return planner.plan(survey.facts(requested.plan().selected(), allSources), requested.plan());
  }

  /** What a plan made now would make of the job, or would if it could. */
  IntervalSet stale(Job job) {
    Set<TableName> one = Set.of(job.name());
    Plan plan = plan(new Requested(io.sluice.plan.PlanRequest.upToDate(one), Set.of()), false);
    IntervalSet stale = IntervalSet.EMPTY;
    for (PlannedTask task : plan.tasks()) {
      stale = stale.union(task.set());
    }
    for (Plan.Waiting waiting : plan.waiting()) {
      stale = stale.union(waiting.intervals());
    }
    return stale;
  }
}
