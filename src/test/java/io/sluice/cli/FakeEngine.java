package io.sluice.cli;

import io.sluice.config.Problem;
import io.sluice.deltalog.ColumnChange;
import io.sluice.lake.Effort;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.LedgerSpec;
import io.sluice.lake.Making;
import io.sluice.lake.Origin;
import io.sluice.lake.Quality;
import io.sluice.lake.RetrySpec;
import io.sluice.lake.Schedule;
import io.sluice.lake.Shape;
import io.sluice.lake.TableName;
import io.sluice.lake.WriteSpec;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.QuarantineRow;
import io.sluice.plan.Plan;
import io.sluice.repair.Care;
import io.sluice.repair.CareOfTable;
import io.sluice.repair.Undo;
import io.sluice.repair.UndoPlan;
import io.sluice.repair.UndoRequest;
import io.sluice.run.Verdict;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import io.sluice.time.Lookback;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A project of two tables that answers what it was told to, and remembers what it was asked. */
final class FakeEngine implements Engine {
  static final TableName SALES = TableName.parse("raw.sales").orElseThrow();
  static final TableName FACT = TableName.parse("analysis.fact_sale").orElseThrow();

  final List<String> asked = new ArrayList<>();
  final FakeLedger ledger = new FakeLedger();
  Plan plan = new Plan(List.of(), List.of(), List.of());
  Verdict end = new Verdict(0, "Nothing to make: the lake is up to date");
  Rows rows = new Rows(List.of(), List.of(), false);
  List<Problem> hints = List.of();
  List<String> differences = List.of();
  Optional<RuntimeException> planFailure = Optional.empty();
  Optional<RuntimeException> failure = Optional.empty();

  static Interval day(int day) {
    return Cadence.DAY.at(LocalDateTime.of(2011, 1, day, 0, 0));
  }

  @Override
  public Lake lake() {
    Map<TableName, Job> jobs = new TreeMap<>();
    jobs.put(SALES, job(SALES, Map.of(), Optional.empty()));
    Input sales =
        new Input(
            SALES,
            Input.Sight.CUT,
            new Lookback(7, ChronoUnit.DAYS),
            false,
            new Origin("jobs/analysis/fact_sale.sql", 4));
    jobs.put(FACT, job(FACT, Map.of(SALES, sales), Optional.of("GROUP BY at line 9")));
    return new Lake(
        "shop",
        "/lake",
        new LakeTime(ZoneOffset.UTC),
        new LedgerSpec("jdbc:sqlite:ledger.db", Optional.empty(), Optional.empty()),
        2,
        Map.of(),
        new TreeMap<>(jobs));
  }

  private static Job job(TableName name, Map<TableName, Input> inputs, Optional<String> why) {
    return new Job(
        name,
        new Origin("jobs/" + name, 1),
        "A table",
        List.of(),
        new Making.FromJava("example.Made", Map.of()),
        new Schedule(
            Cadence.DAY,
            LocalDateTime.of(2011, 1, 1, 0, 0),
            Optional.of(LocalDateTime.of(2011, 1, 11, 0, 0)),
            Duration.ZERO),
        new Shape(List.of("invoice_date"), Optional.of("invoice_date")),
        inputs,
        List.of(),
        new Quality(List.of(), 5, List.of()),
        new WriteSpec.Replace(),
        new Effort(why.isPresent() ? 1 : 31, why, RetrySpec.DEFAULT, Optional.empty(), Map.of()),
        Map.of(),
        "f1");
  }

  @Override
  public Ledger ledger() {
    return ledger.ledger();
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public Plan plan(PlanRequest request) {
    asked.add("plan " + request);
    planFailure.ifPresent(
        failed -> {
          throw failed;
        });
    return plan;
  }

  @Override
  public List<Problem> hints() {
    return hints;
  }

  @Override
  public Verdict run(PlanRequest request, String command, Progress progress) {
    asked.add(command + " " + request);
    return end;
  }

  @Override
  public List<String> accept(Job job, List<Interval> intervals, String reason) {
    asked.add("accept %s %s: %s".formatted(job.name(), intervals, reason));
    return List.of();
  }

  @Override
  public void settle(Progress progress) {
    asked.add("settle");
  }

  @Override
  public UndoPlan planUndo(UndoRequest request) {
    asked.add("plan undo " + request.text());
    return new UndoPlan(request, List.of(), Map.of(), List.of());
  }

  @Override
  public Undo.Ended undo(UndoPlan plan, String command) {
    asked.add(command);
    return new Undo.Ended(List.of(), 0, "undone: nothing");
  }

  @Override
  public List<CareOfTable> planCare(List<String> select, boolean always) {
    asked.add("plan care " + select);
    return List.of();
  }

  @Override
  public Care.Ended care(List<String> select, boolean always, Consumer<Care.Done> told) {
    asked.add("care " + select);
    return new Care.Ended(List.of(), 0, "nothing to do");
  }

  @Override
  public List<ColumnChange> columnChanges(Job job) {
    asked.add("columns of " + job.name());
    return List.of();
  }

  @Override
  public List<Reconciled> reconcile(Job job, Optional<Interval> span) {
    asked.add("reconcile %s %s".formatted(job.name(), span.isPresent()));
    return List.of();
  }

  @Override
  public Rows quarantined(TableName job, List<QuarantineRow> of, int limit) {
    asked.add("quarantined %s %d %d".formatted(job, of.size(), limit));
    return rows;
  }

  @Override
  public Rows sql(String query, OptionalInt limit) {
    asked.add("sql " + query + " " + limit);
    if (failure.isPresent()) {
      throw failure.get();
    }
    return rows;
  }

  @Override
  public Rows preview(TableName job, Optional<Interval> span, OptionalInt limit) {
    asked.add("preview " + job + " " + span.orElseThrow() + " " + limit.orElseThrow());
    return rows;
  }

  @Override
  public List<String> proveBatching(TableName job, Interval span) {
    return differences;
  }

  @Override
  public void close() {
    asked.add("close");
  }
}
