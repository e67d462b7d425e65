package io.sluice.cli;

import io.sluice.api.Source;
import io.sluice.config.Problem;
import io.sluice.deltalog.ColumnChange;
import io.sluice.deltalog.LogHistory;
import io.sluice.deltalog.LogTail;
import io.sluice.deltalog.TableLog;
import io.sluice.graph.Graph;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.LedgerSpec;
import io.sluice.lake.LoadedLake;
import io.sluice.lake.Making;
import io.sluice.lake.Secret;
import io.sluice.lake.TableName;
import io.sluice.lake.WriteSpec;
import io.sluice.ledger.DamagedLedger;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.Ledgers;
import io.sluice.ledger.QuarantineRow;
import io.sluice.ledger.RunRow;
import io.sluice.plan.Plan;
import io.sluice.plan.Planner;
import io.sluice.rehearsal.Rehearsal;
import io.sluice.repair.Care;
import io.sluice.repair.CareOfTable;
import io.sluice.repair.CarePlanner;
import io.sluice.repair.Undo;
import io.sluice.repair.UndoPlan;
import io.sluice.repair.UndoPlanner;
import io.sluice.repair.UndoRequest;
import io.sluice.run.Holding;
import io.sluice.run.RealTimers;
import io.sluice.run.TakeOver;
import io.sluice.run.Verdict;
import io.sluice.source.Sources;
import io.sluice.survey.Acceptance;
import io.sluice.survey.CatchUp;
import io.sluice.survey.LandedReceipts;
import io.sluice.survey.RememberedTails;
import io.sluice.survey.Survey;
import io.sluice.survey.Tails;
import io.sluice.survey.UnobtainableThen;
import io.sluice.task.Answer;
import io.sluice.task.Feeds;
import io.sluice.task.Preview;
import io.sluice.task.Workshop;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A project with all its parts, each opened when it is first asked for. */
final class OpenedEngine implements Engine {
  private final LoadedLake loaded;
  private final Lake lake;
  private final Clock clock;
  private final Rehearsal rehearsal;
  private final Graph graph;
  private final Planner planner;
  private final Function<Feeds, Workshop> workshops;
  private final List<String> damages = new ArrayList<>();
  private Optional<RememberedTails> read = Optional.empty();
  private boolean isCaughtUp;
  private @Nullable Ledger ledger;
  private @Nullable Survey survey;
  private @Nullable Workshop workshop;

  OpenedEngine(
      LoadedLake loaded, Clock clock, Rehearsal rehearsal, Function<Feeds, Workshop> workshops) {
    this.loaded = loaded;
    this.lake = loaded.lake();
    this.clock = clock;
    this.rehearsal = rehearsal;
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
      ledger =
          RehearsedLedger.of(
              Ledgers.open(
                  spec.url(), spec.user(), spec.password().map(Secret::value), clock, damages::add),
              rehearsal);
    }
    return ledger;
  }

  /** Told once: by then the ledger knows what the lake does. */
  @Override
  public synchronized List<String> warnings() {
    if (isCaughtUp) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>(CaughtUp.told(catchUpOrRenew()));
    isCaughtUp = true;
    warnings.addAll(0, damages);
    warnings.addAll(CommitCheckUp.warnings(lake));
    return warnings;
  }

  /** The first that reads much of the ledger: a damaged page is found here at the latest. */
  private CatchUp.Taken catchUpOrRenew() {
    try {
      return catchUp();
    } catch (DamagedLedger e) {
      close();
      ledger = null;
      survey = null;
      workshop = null;
      return catchUp();
    }
  }

  private CatchUp.Taken catchUp() {
    RememberedTails tails = new RememberedTails(this::tail);
    read = Optional.of(tails);
    return new CatchUp(
            lake,
            graph,
            ledger(),
            tails,
            new UnobtainableThen(lake, survey(), planner, tails),
            survey()::look,
            clock)
        .catchUp();
  }

  /** What was read to catch up is good for the plan that follows, and for no later one. */
  private synchronized Tails tails() {
    Tails tails = read.isPresent() ? read.get() : new RememberedTails(this::tail);
    read = Optional.empty();
    return tails;
  }

  @Override
  public Plan plan(PlanRequest request) {
    Planning planning = planning();
    return planning.plan(planning.requested(request), request.allSources());
  }

  private Planning planning() {
    return new Planning(lake, graph, planner, ledger(), survey(), this::tails, clock);
  }

  @Override
  public Verdict run(PlanRequest request, String command, Progress progress) {
    Instant begun = clock.instant();
    warnings().forEach(warning -> progress.note("warning: " + warning));
    return opened().make(request, command, begun, progress);
  }

  private OpenedRun opened() {
    return new OpenedRun(lake, ledger(), planning(), survey(), this::tail, workshop(), clock);
  }

  @Override
  public void settle(Progress progress) {
    warnings().forEach(warning -> progress.note("warning: " + warning));
    opened().settle(progress);
  }

  @Override
  public UndoPlan planUndo(UndoRequest request) {
    return undoing().plan(request);
  }

  private UndoPlanner undoing() {
    return new UndoPlanner(lake, ledger(), clock, this::tail, graph.order());
  }

  @Override
  public Undo.Ended undo(UndoPlan plan, String command) {
    LandedReceipts receipts =
        new LandedReceipts(
            lake,
            ledger(),
            this::tail,
            new UnobtainableThen(lake, survey(), planner, this::tail),
            survey()::look);
    String run = OpenedRun.name(clock.instant());
    try (RealTimers timers = new RealTimers()) {
      return new Undo(
              lake,
              ledger(),
              clock,
              holding(timers),
              workshop()::restore,
              receipts::landed,
              this::checksums)
          .run(plan, undoing(), row(run, command));
    }
  }

  @Override
  public List<CareOfTable> planCare(List<String> select, boolean always) {
    CarePlanner planner = caring();
    return cared(select).stream().map(job -> planner.plan(job, always, clock.instant())).toList();
  }

  @Override
  public Care.Ended care(List<String> select, boolean always, Consumer<Care.Done> told) {
    String run = OpenedRun.name(clock.instant());
    try (RealTimers timers = new RealTimers()) {
      return new Care(lake, ledger(), clock, holding(timers), caring(), workshop()::care)
          .run(cared(select), always, row(run, "care"), told);
    }
  }

  private Function<RunRow, Holding> holding(RealTimers timers) {
    TakeOver.Rivals rivals = opened().rivals();
    return row -> new Holding(row, ledger(), clock, timers, workshop()::fence, rivals);
  }

  private CarePlanner caring() {
    return new CarePlanner(lake, ledger(), path -> workshop().care(path).liveFiles());
  }

  private List<Job> cared(List<String> select) {
    Set<TableName> selected = Requested.select(select, lake, graph);
    return graph.order().stream()
        .filter(job -> job.isMade() && selected.contains(job.name()))
        .toList();
  }

  private RunRow row(String run, String command) {
    return new RunRow(
        run, command, Holder.mine(run), clock.instant(), Optional.empty(), Optional.empty(), "");
  }

  private Map<Interval, String> checksums(Job job, List<Interval> intervals) {
    if (!(job.making() instanceof Making.FromSource) || intervals.isEmpty()) {
      return Map.of();
    }
    try {
      return survey().look(job, intervals).entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, look -> look.getValue().checksum()));
    } catch (RuntimeException e) {
      // A source that can't be looked at is no reason not to undo.
      return Map.of();
    }
  }

  @Override
  public List<String> accept(Job job, List<Interval> intervals, String reason) {
    List<String> notes = new ArrayList<>(warnings());
    new Acceptance(lake, ledger(), this::tail, survey()::look)
        .accept(job, intervals, reason, clock.instant());
    if (!isThere(job)) {
      notes.add(
          "%1$s has no table yet: until one of its intervals is made, what reads it will fail; make one: sluice backfill --select %1$s --date <interval>"
              .formatted(job.name()));
    }
    return notes;
  }

  @Override
  public Rows sql(String query, OptionalInt limit) {
    new QueryCheck(lake, this::isThere).check(query);
    return rows(workshop().sql(query, this::rejects, limit));
  }

  private boolean isThere(Job job) {
    return TableLog.at(lake.path(job.name()), lake.spark()).latest().isPresent();
  }

  @Override
  public List<ColumnChange> columnChanges(Job job) {
    return ColumnChange.of(tail(lake.path(job.name()), -1));
  }

  @Override
  public List<Reconciled> reconcile(Job job, Optional<Interval> span) {
    if (!(job.making() instanceof Making.FromSource)
        || !(job.write() instanceof WriteSpec.Replace)) {
      throw new UserException(
          "%s: only a table that holds just what its source sent can be compared with it: one with a source, and write { mode = replace }"
              .formatted(job.name()));
    }
    IntervalSet made = ledger().facts(job.name().toString()).made();
    List<Interval> all = span.map(due(job)::within).orElseGet(() -> made.split(job.every()));
    List<Interval> intervals = all.stream().filter(made::contains).toList();
    if (intervals.isEmpty()) {
      throw new UserException("%s has no made interval there".formatted(job.name()));
    }
    Map<Interval, Long> quarantined =
        ledger().quarantined(Optional.of(job.name().toString())).stream()
            .collect(Collectors.toMap(QuarantineRow::interval, QuarantineRow::rows));
    return workshop().recount(job, intervals).stream()
        .map(
            counted ->
                new Reconciled(
                    counted.interval(),
                    counted.source(),
                    counted.table(),
                    quarantined.getOrDefault(counted.interval(), 0L),
                    counted.why()))
        .toList();
  }

  @Override
  public Rows quarantined(TableName job, List<QuarantineRow> of, int limit) {
    return rows(workshop().quarantined(job, attempts(of), limit));
  }

  private Map<Interval, String> rejects(TableName job) {
    return attempts(ledger().quarantined(Optional.of(job.toString())));
  }

  private static Map<Interval, String> attempts(List<QuarantineRow> rows) {
    return rows.stream().collect(Collectors.toMap(QuarantineRow::interval, QuarantineRow::attempt));
  }

  @Override
  public Rows preview(TableName name, Optional<Interval> span, OptionalInt limit) {
    Job job = lake.job(name);
    DueIntervals due = due(job);
    List<Interval> intervals = span.map(due::within).orElseGet(() -> List.of(due.newest()));
    return rows(workshop().preview(job, intervals, limit));
  }

  @Override
  public List<String> proveBatching(TableName name, Interval span) {
    Job job = lake.job(name);
    Preview.BatchProof proof = workshop().prove(job, due(job).within(span));
    List<String> differences = new ArrayList<>();
    proof.together().forEach(row -> differences.add("only together: " + row));
    proof.apart().forEach(row -> differences.add("only one by one: " + row));
    return differences;
  }

  private DueIntervals due(Job job) {
    return DueIntervals.of(job, clock.instant(), lake.time());
  }

  private static Rows rows(Answer answer) {
    return new Rows(answer.columns(), answer.rows(), answer.more());
  }

  private LogTail tail(String path, long version) {
    return LogHistory.at(path, lake.spark()).since(version);
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
}
