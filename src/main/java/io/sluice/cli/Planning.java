package io.sluice.cli;

import io.sluice.graph.Graph;
import io.sluice.lake.Lake;
import io.sluice.ledger.Ledger;
import io.sluice.plan.Plan;
import io.sluice.plan.Planner;
import io.sluice.survey.StaleNow;
import io.sluice.survey.Survey;
import io.sluice.survey.Tails;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Plans from what is true now.
 *
 * @param tails of the logs, for one plan
 */
record Planning(
    Lake lake,
    Graph graph,
    Planner planner,
    Ledger ledger,
    Survey survey,
    Supplier<Tails> tails,
    Clock clock) {

  Requested requested(PlanRequest typed) {
    return Requested.of(typed, lake, graph, ledger, clock.instant());
  }

  /**
   * What would be made; refused where rows would be lost by it, or a backfill would make nothing.
   *
   * @param allSources whether landing files of any age are looked at
   */
  Plan plan(Requested requested, boolean allSources) {
    Plan plan =
        planner.plan(
            survey.facts(requested.plan().selected(), allSources, tails.get()), requested.plan());
    new Rebuild(lake, ledger, survey).check(requested.anew(), plan);
    if (requested.plan().backfill() && plan.isEmpty() && plan.waiting().isEmpty()) {
      throw new UserException(
          plan.notes().stream()
              .map(Plan.Note::toString)
              .collect(Collectors.joining("; ", "nothing of it can be made: ", "")));
    }
    return plan;
  }

  /** What a plan made now would make of a job, or would if it could. */
  StaleNow stale(PlanRequest typed) {
    return new StaleNow(survey, planner, typed.changed(), typed.allSources());
  }
}
