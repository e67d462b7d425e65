package io.sluice.survey;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.TableName;
import io.sluice.ledger.Ledger;
import io.sluice.plan.Plan;
import io.sluice.survey.SimulatedTables.Cell;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Whether each interval that is made holds what it would hold if it were made now.
 *
 * @param isAccepted whether a job's cell is one that a person counted as made
 * @param fail takes what is not so
 */
record Freshness(
    Lake lake,
    Ledger ledger,
    SimulatedTables tables,
    SimulatedMaker maker,
    SimulatedFeeds feeds,
    BiPredicate<Job, Map.Entry<Interval, Cell>> isAccepted,
    Consumer<String> fail) {

  /** Looks at a job, of which a plan that is empty otherwise may say that it waits. */
  void check(Job job, Plan plan) {
    NavigableMap<Interval, Cell> rows = tables.now(job.name());
    Map<TableName, NavigableMap<Interval, Cell>> now = new TreeMap<>();
    lake.jobs().keySet().forEach(table -> now.put(table, tables.now(table)));
    Set<Interval> waiting = new HashSet<>();
    plan.waiting().stream()
        .filter(wait -> wait.job().equals(job.name()))
        .forEach(wait -> waiting.addAll(wait.intervals().split(job.every())));
    for (Interval interval : ledger.facts(job.name().toString()).made().split(job.every())) {
      Cell cell = rows.get(interval);
      if (cell == null) {
        fail.accept("%s %s is made, but not there".formatted(job.name(), interval));
        return;
      }
      boolean isLeft = cell.isForeign() || isAccepted.test(job, Map.entry(interval, cell));
      if (!isLeft && !waiting.contains(interval)) {
        check(job, interval, cell, now, plan);
      }
    }
  }

  private void check(
      Job job,
      Interval interval,
      Cell cell,
      Map<TableName, NavigableMap<Interval, Cell>> now,
      Plan plan) {
    Optional<Look> look =
        job.making() instanceof Making.FromSource
            ? Optional.ofNullable(
                feeds.of(job).look(List.of(interval), Source.KnownItems.NONE).get(interval))
            : Optional.empty();
    boolean awaited = look.filter(found -> found.presence() == Look.Presence.AWAITED).isPresent();
    Cell wanted = maker.cell(job, interval, now, look);
    if (!awaited && !wanted.content().equals(cell.content())) {
      fail.accept("%s %s is stale".formatted(job.name(), interval));
    }
    cell.lagging().forEach((table, lacked) -> caughtUp(job, interval, table, lacked, wanted, plan));
  }

  private void caughtUp(
      Job job, Interval interval, TableName table, List<Interval> lacked, Cell wanted, Plan plan) {
    IntervalSet gone = plan.unobtainable().getOrDefault(table, IntervalSet.EMPTY);
    boolean stillLacks =
        wanted.lagging().getOrDefault(table, List.of()).stream().anyMatch(at -> !gone.contains(at));
    boolean lackedMore = lacked.stream().anyMatch(at -> !gone.contains(at));
    if (!stillLacks && lackedMore && !lake.job(table).every().equals(Cadence.NONE)) {
      fail.accept("%s %s was made before %s had passed it".formatted(job.name(), interval, table));
    }
  }
}
