package io.sluice.cli;

import io.sluice.graph.Graph;
import io.sluice.graph.Selection;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.Ledger;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * What was typed, as the planner takes it.
 *
 * @param anew jobs whose tables are made anew, schema and all
 */
record Requested(io.sluice.plan.PlanRequest plan, Set<TableName> anew) {

  static Requested of(PlanRequest request, Lake lake, Graph graph, Ledger ledger, Instant now) {
    SortedSet<TableName> named = select(request, lake, graph);
    Optional<java.time.LocalDateTime> until = request.until().map(Interval::to);
    if (request.backfill().isEmpty()) {
      return new Requested(
          new io.sluice.plan.PlanRequest(named, Map.of(), false, until, request.changed()),
          Set.of());
    }
    PlanRequest.Backfill backfill = request.backfill().get();
    Map<TableName, IntervalSet> forced = new HashMap<>();
    List<Job> jobs = named.stream().map(lake::job).toList();
    for (Job job : new BackfillSpan(backfill.span(), now, lake.time()).made(jobs)) {
      IntervalSet span = IntervalSet.of(backfill.span());
      forced.put(
          job.name(),
          backfill.rebuild() ? span.union(ledger.facts(job.name().toString()).made()) : span);
    }
    return new Requested(
        new io.sluice.plan.PlanRequest(
            backfill.downstream() ? graph.withReaders(named) : named, forced, true, until, false),
        backfill.rebuild() ? forced.keySet() : Set.of());
  }

  private static SortedSet<TableName> select(PlanRequest request, Lake lake, Graph graph) {
    try {
      return new Selection(lake, graph).select(request.select());
    } catch (IllegalArgumentException e) {
      throw new UserException(String.valueOf(e.getMessage()));
    }
  }
}
