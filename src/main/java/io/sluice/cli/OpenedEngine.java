package io.sluice.cli;

import io.sluice.api.Source;
import io.sluice.config.Problem;
import io.sluice.deltalog.LogTail;
import io.sluice.deltalog.TableLog;
import io.sluice.graph.Graph;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.LedgerSpec;
import io.sluice.lake.LoadedLake;
import io.sluice.lake.Secret;
import io.sluice.lake.TableName;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.Ledgers;
import io.sluice.ledger.QuarantineRow;
import io.sluice.ledger.RunRow;
import io.sluice.plan.Plan;
import io.sluice.plan.PlannedTask;
import io.sluice.plan.Planner;
import io.sluice.run.Driver;
import io.sluice.run.Pace;
import io.sluice.run.RealTimers;
import io.sluice.run.Settling;
import io.sluice.run.Verdict;
import io.sluice.source.Sources;
import io.sluice.survey.Acceptance;
import io.sluice.survey.LandedReceipts;
import io.sluice.survey.StaleNow;
import io.sluice.survey.Survey;
import io.sluice.survey.TaskReading;
import io.sluice.task.Answer;
import io.sluice.task.Feeds;
import io.sluice.task.MadeAnew;
import io.sluice.task.Preview;
import io.sluice.task.TaskMaker;
import io.sluice.task.Workshop;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A project with all its parts, each opened when it is first asked for. */
final class OpenedEngine implements Engine {
  private final LoadedLake loaded;
  private final Lake lake;
  private final Clock clock;
  private final Graph graph;
  private final Planner planner;
  private final Function<Feeds, Workshop> workshops;
  private @Nullable Ledger ledger;
  private @Nullable Survey survey;
  private @Nullable Workshop workshop;

  OpenedEngine(LoadedLake loaded, Clock clock, Function<Feeds, Workshop> workshops) {
    this.loaded = loaded;
    this.lake = loaded.lake();
    this.clock = clock;
    this.graph = new Graph(lake);
    this.planner = new Planner(lake, graph);
    this.workshops = workshops;
  }

  @Override
  public Lake lake() {
    return lake;
  }

  @Override
  public List<Problem> hints() {
    return loaded.hints();
  }

  @Override
  public synchronized Ledger ledger() {
    if (ledger == null) {
      LedgerSpec spec = lake.ledger();
      ledger = Ledgers.open(spec.url(), spec.user(), spec.password().map(Secret::value));
    }
    return ledger;
  }

  /** A lost ledger looks like an empty lake. */
  @Override
  public List<String> warnings() {
    if (!ledger().facts().isEmpty() || !ledger().runs(1).isEmpty()) {
      return List.of();
    }
    List<TableName> there =
        lake.jobs().values().stream()
            .filter(job -> job.isMade() && isThere(job))
            .map(Job::name)
            .toList();
    return there.isEmpty()
        ? List.of()
        : List.of(
            ("the ledger %s knows of no run, but %s %s there: if it was lost, put it back from a copy;"
                    + " as it is, a run makes all intervals again")
                .formatted(
                    lake.ledger().url().split("\\?", 2)[0],
                    there.size() == 1 ? there.get(0) : there.size() + " tables",
                    there.size() == 1 ? "is" : "are"));
  }

  @Override
  public Plan plan(PlanRequest request) {
    Requested requested = Requested.of(request, lake, graph, ledger());
    return planner.plan(
        survey().facts(requested.plan().selected(), request.allSources()), requested.plan());
  }

  @Override
  public Verdict run(PlanRequest request, String command, Progress progress) {
    warnings().forEach(warning -> progress.note("warning: " + warning));
    Settling.Settled settled = settle();
    settled
        .landed()
        .forEach(
            attempt ->
                progress.note(
                    "settled: %s %s had been published when its run died"
                        .formatted(attempt.job(), attempt.intervals())));
    Requested requested = Requested.of(request, lake, graph, ledger());
    Instant planned = clock.instant();
    Plan plan =
        planner.plan(
            survey().facts(requested.plan().selected(), request.allSources()), requested.plan());
    plan.waitingInShort().forEach(waiting -> progress.note("waiting: " + waiting));
    keepForced(requested, plan, command);
    return drive(plan, planned, request, requested, command, progress);
  }

  /** What a backfill asks for is finished by the next run, should this one not come to its end. */
  private void keepForced(Requested requested, Plan plan, String command) {
    requested
        .plan()
        .forced()
        .forEach(
            (job, span) -> {
              IntervalSet forced =
                  plan.tasks().stream()
                      .filter(task -> task.job().equals(job))
                      .map(PlannedTask::set)
                      .reduce(IntervalSet.EMPTY, IntervalSet::union)
                      .intersect(span);
              if (!forced.isEmpty()) {
                ledger().force(job.toString(), forced, command);
              }
            });
  }

  private Verdict drive(
      Plan plan,
      Instant planned,
      PlanRequest request,
      Requested requested,
      String command,
      Progress progress) {
    String run = Ids.run(clock.instant());
    TaskReading reading =
        new TaskReading(
            lake,
            ledger(),
            this::tail,
            run,
            planned,
            new StaleNow(survey(), planner, request.changed(), request.allSources())::of,
            table -> plan.unobtainable().getOrDefault(table, IntervalSet.EMPTY));
    TaskMaker maker =
        requested.anew().isEmpty() ? workshop() : new MadeAnew(workshop(), requested.anew());
    try (RealTimers timers = new RealTimers()) {
      Driver driver =
          new Driver(
              lake,
              plan,
              new RunRow(
                  run,
                  command,
                  Holder.mine(run),
                  clock.instant(),
                  Optional.empty(),
                  Optional.empty(),
                  ""),
              ledger(),
              maker,
              reading,
              new Pace(
                  clock, Pace.Pause.REAL, timers, () -> ThreadLocalRandom.current().nextDouble()),
              List.of(new ProgressListener(progress)));
      try (Interruption interruption = new Interruption(driver::cancel)) {
        return driver.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The run was interrupted", e);
    }
  }

  private Settling.Settled settle() {
    LandedReceipts receipts = new LandedReceipts(lake, ledger(), this::tail, survey()::look);
    return new Settling(
            lake,
            ledger(),
            receipts,
            clock,
            Holder::isDead,
            attempt ->
                TableName.parse(attempt.job())
                    .filter(name -> lake.find(name).isPresent())
                    .ifPresent(name -> workshop().forget(name, attempt.id())))
        .settle();
  }

  @Override
  public List<String> accept(Job job, List<Interval> intervals, String reason) {
    new Acceptance(lake, ledger(), this::tail, survey()::look)
        .accept(job, intervals, reason, clock.instant());
    return isThere(job)
        ? List.of()
        : List.of(
            "%1$s has no table yet: until one of its intervals is made, what reads it will fail; make one: sluice backfill --select %1$s --date <interval>"
                .formatted(job.name()));
  }

  @Override
  public Rows sql(String query, OptionalInt limit) {
    new QueryCheck(lake, this::isThere).check(query);
    return rows(workshop().sql(query, limit));
  }

  private boolean isThere(Job job) {
    return TableLog.at(lake.path(job.name()), lake.spark()).latest().isPresent();
  }

  @Override
  public Rows quarantined(TableName job, List<QuarantineRow> of, int limit) {
    Map<Interval, String> attempts = new HashMap<>();
    of.forEach(row -> attempts.put(row.interval(), row.attempt()));
    return rows(workshop().quarantined(job, attempts, limit));
  }

  @Override
  public Rows preview(TableName job, Optional<Interval> span, OptionalInt limit) {
    return rows(workshop().preview(lake.job(job), intervals(job, span), limit));
  }

  @Override
  public List<String> proveBatching(TableName job, Interval span) {
    Preview.BatchProof proof = workshop().prove(lake.job(job), intervals(job, Optional.of(span)));
    List<String> differences = new ArrayList<>();
    proof.together().forEach(row -> differences.add("only together: " + row));
    proof.apart().forEach(row -> differences.add("only one by one: " + row));
    return differences;
  }

  /** The intervals of a span that a person named; the newest due one where none was. */
  private List<Interval> intervals(TableName name, Optional<Interval> span) {
    Job job = lake.job(name);
    Interval due =
        job.schedule()
            .due(clock.instant(), lake.time())
            .orElseThrow(
                () ->
                    new UserException(
                        "no interval of %s is due yet: it starts with %s"
                            .formatted(
                                name, job.every().name(job.every().at(job.schedule().first())))));
    if (span.isEmpty()) {
      return List.of(job.every().at(due.to().minusNanos(1)));
    }
    return due.intersect(span.get())
        .map(job.every()::split)
        .orElseThrow(
            () ->
                new UserException(
                    "%s has no interval there: its intervals are %s"
                        .formatted(
                            name,
                            job.every()
                                .name(
                                    job.every().at(due.from()),
                                    job.every().at(due.to().minusNanos(1))))));
  }

  private static Rows rows(Answer answer) {
    return new Rows(answer.columns(), answer.rows(), answer.more());
  }

  private LogTail tail(String path, long version) {
    return TableLog.at(path, lake.spark()).since(version);
  }

  private synchronized Survey survey() {
    if (survey == null) {
      survey = new Survey(lake, ledger(), this::tail, this::source, clock);
    }
    return survey;
  }

  private Source source(Job job) {
    return Sources.of(job, lake, clock);
  }

  private synchronized Workshop workshop() {
    if (workshop == null) {
      workshop =
          workshops.apply(
              new Feeds() {
                @Override
                public Source source(Job job) {
                  return OpenedEngine.this.source(job);
                }

                @Override
                public Source.KnownItems known(Job job) {
                  return survey().known(job);
                }
              });
    }
    return workshop;
  }

  @Override
  public synchronized void close() {
    if (workshop != null) {
      workshop.close();
    }
    if (ledger != null) {
      ledger.close();
    }
  }

  /** Names of runs: the time, for people, and a random part. */
  private static final class Ids {
    private Ids() {}

    static String run(Instant now) {
      return now.toString().substring(0, 19).replace(":", "")
          + "-"
          + UUID.randomUUID().toString().substring(0, 6);
    }
  }
}
