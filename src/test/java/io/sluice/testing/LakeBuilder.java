package io.sluice.testing;

import io.sluice.graph.Graph;
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
import io.sluice.lake.SourceSpec;
import io.sluice.lake.TableName;
import io.sluice.lake.WriteSpec;
import io.sluice.ledger.Fit;
import io.sluice.ledger.JobFacts;
import io.sluice.plan.Facts;
import io.sluice.plan.MarkKinds;
import io.sluice.plan.Plan;
import io.sluice.plan.PlanRequest;
import io.sluice.plan.PlannedTask;
import io.sluice.plan.Planner;
import io.sluice.plan.SourceState;
import io.sluice.sql.ParsedSql;
import io.sluice.time.Cadence;
import io.sluice.time.Civil;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import io.sluice.time.LakeTime;
import io.sluice.time.Lookback;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A lake and facts about it, said in few words, and the plan that comes of them. */
public final class LakeBuilder {
  private static final Origin NOWHERE = new Origin("jobs/x.sql", 1);

  public final TreeMap<TableName, Job> jobs = new TreeMap<>();
  public final Map<TableName, JobFacts> facts = new HashMap<>();
  public final Map<TableName, List<JobFacts.Mark>> changes = new HashMap<>();
  public final Map<TableName, Map<Interval, SourceState>> sources = new HashMap<>();
  public Instant now = Instant.parse("2011-01-11T00:00:00Z");

  /** Daily from 2011-01-01, replaced by day. */
  public LakeBuilder raw(String name) {
    return add(name, Cadence.DAY, new WriteSpec.Replace(), 31, source(Lookback.NONE));
  }

  public LakeBuilder rawWithReread(String name, int days) {
    return add(
        name,
        Cadence.DAY,
        new WriteSpec.Replace(),
        31,
        source(new Lookback(days, ChronoUnit.DAYS)));
  }

  public LakeBuilder sql(String name, Input... inputs) {
    return sql(name, Cadence.DAY, new WriteSpec.Replace(), 31, inputs);
  }

  public LakeBuilder sql(String name, Cadence every, WriteSpec write, int batch, Input... inputs) {
    return add(
        name,
        every,
        write,
        batch,
        new Making.FromSql(new ParsedSql("SELECT 1", 1, List.of(), Set.of(), "f")),
        inputs);
  }

  private LakeBuilder add(
      String text, Cadence every, WriteSpec write, int batch, Making making, Input... inputs) {
    TableName name = name(text);
    Map<TableName, Input> read = new LinkedHashMap<>();
    for (Input input : inputs) {
      read.put(input.table(), input);
    }
    LocalDateTime first =
        every == Cadence.NONE ? Interval.ALWAYS.from() : every.floor(Civil.parse("2011-01-01"));
    jobs.put(
        name,
        new Job(
            name,
            NOWHERE,
            "",
            List.of(),
            making,
            new Schedule(every, first, Optional.empty(), Duration.ZERO),
            every == Cadence.NONE
                ? new Shape(List.of(), Optional.empty())
                : new Shape(List.of("day"), Optional.of("day")),
            read,
            List.of(),
            new Quality(List.of(), 5, List.of()),
            write,
            new Effort(batch, Optional.empty(), RetrySpec.DEFAULT, Optional.empty(), Map.of()),
            Map.of(),
            "f"));
    return this;
  }

  public static WriteSpec scd2() {
    return new WriteSpec.Scd2(List.of("key"), List.of(), Optional.empty(), Optional.empty(), false);
  }

  public static Input cut(String table) {
    return cut(table, 0);
  }

  public static Input cut(String table, int lookbackDays) {
    return new Input(
        name(table), Input.Sight.CUT, new Lookback(lookbackDays, ChronoUnit.DAYS), false, NOWHERE);
  }

  public static Input seen(String table, Input.Sight sight, boolean follow) {
    return new Input(name(table), sight, Lookback.NONE, follow, NOWHERE);
  }

  private static Making source(Lookback reread) {
    return new Making.FromSource(
        List.of(
            new SourceSpec(
                Interval.ALWAYS,
                List.of(),
                reread,
                new SourceSpec.Files(
                    new SourceSpec.Landing("x", SourceSpec.Missing.EMPTY), "csv", Map.of()),
                NOWHERE)));
  }

  public static TableName name(String text) {
    return TableName.parse(text).orElseThrow();
  }

  /** {@code days("2011-01-03")} is a day, with two dates both are included. */
  public static IntervalSet days(String first, String last) {
    return IntervalSet.of(new Interval(Civil.parse(first), Civil.parse(last).plusDays(1)));
  }

  public static IntervalSet days(String day) {
    return days(day, day);
  }

  public LakeBuilder made(String name, IntervalSet made) {
    return known(name, made, IntervalSet.EMPTY, Map.of(), List.of());
  }

  public LakeBuilder known(
      String name,
      IntervalSet made,
      IntervalSet failed,
      Map<String, IntervalSet> early,
      List<JobFacts.Mark> stale) {
    facts.put(
        name(name),
        new JobFacts(
            name, made, failed, early, stale, Map.of(), Optional.of("f"), IntervalSet.EMPTY));
    return this;
  }

  /** So many intervals of the job turned out to be not too much. */
  public LakeBuilder fits(String name, Fit fit) {
    facts.compute(
        name(name),
        (table, known) -> {
          JobFacts old = known == null ? JobFacts.none(name) : known;
          return new JobFacts(
              name,
              old.made(),
              old.failed(),
              old.early(),
              old.stale(),
              old.positions(),
              old.definition(),
              old.otherDefinition(),
              Optional.of(fit));
        });
    return this;
  }

  public LakeBuilder changed(String name, IntervalSet span, String cause) {
    changes
        .computeIfAbsent(name(name), any -> new ArrayList<>())
        .add(new JobFacts.Mark(span.ranges().get(0), MarkKinds.INPUT_CHANGED, cause));
    return this;
  }

  public LakeBuilder source(String name, String day, SourceState.Kind kind, String why) {
    sources
        .computeIfAbsent(name(name), any -> new TreeMap<>())
        .put(days(day).ranges().get(0), new SourceState(kind, why));
    return this;
  }

  public Lake lake() {
    return new Lake(
        "test",
        "file:/lake",
        new LakeTime(ZoneOffset.UTC),
        new LedgerSpec("jdbc:sqlite:x", Optional.empty(), Optional.empty()),
        2,
        Map.of(),
        jobs);
  }

  public Plan plan(PlanRequest request) {
    Lake lake = lake();
    return new Planner(lake, new Graph(lake))
        .plan(new Facts(now, facts, changes, sources), request);
  }

  /** The plan of a run, a line a task and a line for each that waits. */
  public String run() {
    return print(plan(PlanRequest.upToDate(jobs.keySet())));
  }

  public String backfill(String name, IntervalSet forced) {
    return print(
        plan(
            new PlanRequest(
                jobs.keySet(), Map.of(name(name), forced), true, Optional.empty(), false)));
  }

  public static String print(Plan plan) {
    StringBuilder text = new StringBuilder();
    for (PlannedTask task : plan.tasks()) {
      text.append(
          "%s %s: %s\n"
              .formatted(
                  task.job(),
                  task.every().name(task.first(), task.last()),
                  task.reasons().entrySet().stream()
                      .map(
                          reason ->
                              reason.getKey().word()
                                  + (reason.getValue().isEmpty()
                                      ? ""
                                      : " (" + reason.getValue() + ")"))
                      .toList()));
    }
    for (Plan.Waiting waiting : plan.waiting()) {
      text.append("waiting %s\n".formatted(waiting));
    }
    for (Plan.Note note : plan.notes()) {
      text.append("note %s\n".formatted(note));
    }
    return text.toString();
  }
}
