package io.sluice.cli;

import io.sluice.graph.Graph;
import io.sluice.graph.Selection;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.QuarantineRow;
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
    List<Job> jobs = named.stream().map(lake::job).toList();
    Map<TableName, IntervalSet> forced =
        backfill.quarantined()
            ? quarantined(jobs, backfill.span(), ledger)
            : spans(
                new BackfillSpan(backfill.span(), now, lake.time()).made(jobs), backfill, ledger);
    return new Requested(
        new io.sluice.plan.PlanRequest(
            backfill.downstream() ? graph.withReaders(named) : named, forced, true, until, false),
        backfill.rebuild() ? forced.keySet() : Set.of());
  }

  private static Map<TableName, IntervalSet> spans(
      List<Job> jobs, PlanRequest.Backfill backfill, Ledger ledger) {
    Map<TableName, IntervalSet> forced = new HashMap<>();
    IntervalSet span = IntervalSet.of(backfill.span());
    for (Job job : jobs) {
      forced.put(
          job.name(),
          backfill.rebuild() ? span.union(ledger.facts(job.name().toString()).made()) : span);
    }
    return forced;
  }

  private static Map<TableName, IntervalSet> quarantined(
      List<Job> jobs, Interval span, Ledger ledger) {
    Map<TableName, IntervalSet> forced = new HashMap<>();
    for (Job job : jobs) {
      List<Interval> turnedAway =
          ledger.quarantined(Optional.of(job.name().toString())).stream()
              .map(QuarantineRow::interval)
              .filter(span::overlaps)
              .toList();
      if (!turnedAway.isEmpty()) {
        forced.put(job.name(), IntervalSet.of(turnedAway));
      }
    }
    if (forced.isEmpty()) {
      throw new UserException(
          "nothing is in quarantine there; `sluice quarantine list` shows what is");
    }
    return forced;
  }

  private static SortedSet<TableName> select(PlanRequest request, Lake lake, Graph graph) {
    return select(request.select(), lake, graph);
  }

  static SortedSet<TableName> select(List<String> typed, Lake lake, Graph graph) {
    try {
      return new Selection(lake, graph).select(typed);
    } catch (IllegalArgumentException e) {
      throw new UserException(String.valueOf(e.getMessage()));
    }
  }
}
