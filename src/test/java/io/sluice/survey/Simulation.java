package io.sluice.survey;

import io.sluice.deltalog.KeptCommits;
import io.sluice.deltalog.LogHistory;
import io.sluice.deltalog.LogTail;
import io.sluice.graph.Graph;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.TableName;
import io.sluice.lake.WriteSpec;
import io.sluice.ledger.DamagedLedger;
import io.sluice.ledger.JobFacts;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.LedgerException;
import io.sluice.ledger.Ledgers;
import io.sluice.ledger.RunRow;
import io.sluice.plan.Facts;
import io.sluice.plan.MarkKinds;
import io.sluice.plan.Plan;
import io.sluice.plan.PlanRequest;
import io.sluice.plan.PlannedTask;
import io.sluice.plan.Planner;
import io.sluice.plan.Reason;
import io.sluice.run.Driver;
import io.sluice.run.Pace;
import io.sluice.run.Settling;
import io.sluice.run.Verdict;
import io.sluice.survey.SimulatedTables.Cell;
import io.sluice.task.TaskOrder;
import io.sluice.testing.LakeBuilder;
import io.sluice.testing.SettableClock;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One lake with everything but Spark real: logs, ledger, planner, driver. */
final class Simulation implements AutoCloseable {
  private static final Instant START = Instant.parse("2011-03-29T08:30:00Z");

  private final Random random;
  private final Lake lake;
  private final String name;
  private final SettableClock clock = new SettableClock(START);
  private final SimulatedTables tables;
  private Ledger ledger;
  private Path ledgerFile;
  private Survey survey;
  private SimulatedMaker maker;
  private Freshness freshness;
  private final Graph graph;
  private final Planner planner;
  private final SimulatedFeeds feeds;
  private final Map<TableName, Map<Interval, Cell>> accepted = new HashMap<>();
  private final Set<String> dead = new HashSet<>();
  private final List<String> told = new ArrayList<>();
  private PlanRequest request;
  private int runs;
  private int successes;
  private boolean calm;

  Simulation(Random random, Lake lake, Path file, String name) {
    this.random = random;
    this.lake = lake;
    this.name = name;
    this.tables = new SimulatedTables(lake, clock);
    this.feeds = new SimulatedFeeds(lake, clock);
    this.graph = new Graph(lake);
    this.planner = new Planner(lake, graph);
    this.ledger = open(file);
    this.ledgerFile = file;
    this.survey = survey(ledger);
    this.maker = maker();
    this.freshness = freshness();
    this.request = PlanRequest.upToDate(lake.jobs().keySet());
    for (Job job : lake.jobs().values()) {
      told.add(
          "%s %s %s %s".formatted(job.name(), job.schedule(), job.write(), job.inputs().values()));
      if (job.making() instanceof Making.FromSource) {
        feeds.begin(job, random);
      } else if (!job.isMade()) {
        job.schedule().due(clock.instant(), lake.time()).stream()
            .flatMap(due -> job.every().split(due).stream())
            .forEach(interval -> foreign(job, interval));
      }
    }
    told.add(feeds.toString());
  }

  private LogTail tail(String path, long version) {
    return LogHistory.at(path, Map.of()).since(version);
  }

  private static Ledger open(Path file) {
    return Ledgers.open("jdbc:sqlite:" + file, Optional.empty(), Optional.empty());
  }

  private Survey survey(Ledger of) {
    return new Survey(lake, of, this::tail, feeds::of, clock);
  }

  private SimulatedMaker maker() {
    return new SimulatedMaker(lake, tables, feeds::of, survey::known);
  }

  private Freshness freshness() {
    return new Freshness(lake, ledger, tables, maker, feeds, this::isAccepted, this::fail);
  }

  /** Goes on with another ledger, which knows what this one does. */
  void goOnWith(Path file) {
    settle();
    Ledger other = open(file);
    catchUp(other);
    settle(other, dead::contains);
    assertSamePlan(other, file);
    told.add("goes on with " + file.getFileName());
    ledgerFile = file;
    ledger.close();
    ledger = other;
    survey = survey(other);
    maker = maker();
    freshness = freshness();
  }

  /** A copy of the ledger as it is now, for later. */
  void copyTo(Path file) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledgerFile);
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM INTO '%s'".formatted(file));
      told.add("copied to " + file.getFileName());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Cuts a copy of the ledger, or of what was not yet put into its file, at any byte, and goes on
   * with what comes of it.
   *
   * @return whether it was moved aside, with a word to the user
   */
  boolean cutACopy(Path folder) throws IOException {
    Path copy = Files.createDirectories(folder).resolve("ledger.db");
    Path cut = copy;
    if (random.nextInt(4) == 0) {
      cut = copy.resolveSibling("ledger.db-wal");
      Files.copy(ledgerFile, copy);
      Files.copy(ledgerFile.resolveSibling(ledgerFile.getFileName() + "-wal"), cut);
    } else {
      copyTo(copy);
    }
    long length = (long) (random.nextDouble() * Files.size(cut));
    told.add("%s cut at %d of %d".formatted(cut.getFileName(), length, Files.size(cut)));
    try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
    List<String> damages = new ArrayList<>();
    try (Ledger other = caughtUp(copy, damages)) {
      settle(other, anybody -> true);
      assertSamePlan(other, copy);
    }
    told.addAll(damages);
    try (Stream<Path> all = Files.list(folder)) {
      boolean isThere = all.anyMatch(file -> file.toString().contains(".db.damaged-"));
      if (isThere != damages.stream().anyMatch(damage -> damage.contains("was moved to"))) {
        fail("moved aside and not told, or told and not moved aside");
      }
      return isThere;
    }
  }

  /** As the application opens a ledger. */
  private Ledger caughtUp(Path file, List<String> damages) {
    Ledger other = openOrRenew(file, damages);
    try {
      catchUp(other);
      return other;
    } catch (DamagedLedger e) {
      other.close();
      Ledger renewed = openOrRenew(file, damages);
      catchUp(renewed);
      return renewed;
    }
  }

  private Ledger openOrRenew(Path file, List<String> damages) {
    return Ledgers.open(
        "jdbc:sqlite:" + file, Optional.empty(), Optional.empty(), clock, damages::add);
  }

  /** Some table's log forgets its beginning, after that was kept. */
  void cleanALog() {
    Job job = any();
    long last = tables.version(job.name());
    if (last > 0) {
      long cleaned = random.nextInt((int) last);
      long kept = new KeptCommits(lake.path(job.name()), Map.of()).keep(cleaned);
      tables.forget(job.name(), Math.min(kept, cleaned));
      told.add("log of %s cleaned up to %d".formatted(job.name(), cleaned));
    }
  }

  private void catchUp(Ledger of) {
    Survey its = survey(of);
    RememberedTails once = new RememberedTails(this::tail);
    CatchUp.Taken taken =
        new CatchUp(
                lake,
                graph,
                of,
                once,
                new UnobtainableThen(lake, its, planner, once),
                its::look,
                clock)
            .catchUp();
    told.add("taken in: " + taken);
    if (!taken.notes().isEmpty()) {
      fail("not caught up");
    }
  }

  private void assertSamePlan(Ledger other, Path file) {
    String lived = planWithoutWishes(ledger);
    String rebuilt = planWithoutWishes(other);
    if (!lived.equals(rebuilt)) {
      fail(
          "the plan by %s is another:\n%s\nand not\n%s"
              .formatted(file.getFileName(), rebuilt, lived));
    }
  }

  /** Without what only a ledger knows: that a backfill was asked for, or an attempt failed. */
  private String planWithoutWishes(Ledger of) {
    Set<TableName> all = lake.jobs().keySet();
    Facts facts = survey(of).facts(all, true);
    Map<TableName, JobFacts> known = new HashMap<>();
    facts
        .ledger()
        .forEach(
            (job, its) ->
                known.put(
                    job,
                    new JobFacts(
                        its.job(),
                        its.made(),
                        IntervalSet.EMPTY,
                        its.early(),
                        its.stale().stream()
                            .filter(mark -> !mark.kind().equals(MarkKinds.FORCED))
                            .toList(),
                        its.positions(),
                        its.definition(),
                        its.otherDefinition(),
                        Optional.empty())));
    Plan plan =
        planner.plan(
            new Facts(facts.now(), known, facts.changes(), facts.sources()),
            PlanRequest.upToDate(all));
    return plan.tasks().stream()
        .map(task -> task.job() + " " + task.intervals())
        .collect(Collectors.joining("\n"));
  }

  void somethingHappens() {
    request = PlanRequest.upToDate(lake.jobs().keySet());
    int events = 1 + random.nextInt(3);
    for (int i = 0; i < events; i++) {
      Job job = any();
      List<Interval> due =
          job.schedule().due(clock.instant(), lake.time()).stream()
              .flatMap(span -> job.every().split(span).stream())
              .toList();
      if (due.isEmpty()) {
        continue;
      }
      Interval interval = due.get(random.nextInt(due.size()));
      switch (random.nextInt(9)) {
        case 0, 1 -> {
          Duration by = Duration.ofHours(1 + random.nextInt(50));
          clock.advance(by);
          told.add("time moves on by " + by);
        }
        case 2, 3 -> {
          if (feeds.has(job)) {
            feeds.change(job, interval);
            told.add("file of %s %s changes".formatted(job.name(), interval));
          }
        }
        case 4 -> {
          if (feeds.has(job)) {
            feeds.remove(job, interval);
            told.add("file of %s %s goes".formatted(job.name(), interval));
          }
        }
        case 5 -> {
          boolean mayBe = !job.isMade() || job.write() instanceof WriteSpec.Replace;
          if (mayBe && !job.isOrdered()) {
            foreign(job, interval);
            told.add("others write %s %s".formatted(job.name(), interval));
          }
        }
        case 6 -> {
          if (job.isMade()) {
            Interval last = due.get(Math.min(due.size() - 1, due.indexOf(interval) + 2));
            request =
                new PlanRequest(
                    random.nextBoolean()
                        ? graph.withReaders(Set.of(job.name()))
                        : Set.of(job.name()),
                    Map.of(job.name(), IntervalSet.of(interval.span(last))),
                    true,
                    Optional.empty(),
                    false);
            told.add("backfill of %s %s".formatted(job.name(), interval.span(last)));
          }
        }
        case 7 -> {
          if (job.isMade() && !job.isOrdered() && tables.now(job.name()).containsKey(interval)) {
            accept(job, interval);
          }
        }
        default -> {
          request =
              new PlanRequest(
                  lake.jobs().keySet(),
                  Map.of(),
                  false,
                  Optional.of(interval.isAlways() ? Interval.ALWAYS.to() : interval.to()),
                  false);
          told.add("run --to " + interval);
        }
      }
    }
  }

  private void accept(Job job, Interval interval) {
    told.add("accepted: %s %s".formatted(job.name(), interval));
    new Acceptance(lake, ledger, this::tail, survey::look)
        .accept(job, List.of(interval), "it is well", clock.instant());
    accepted
        .computeIfAbsent(job.name(), any -> new HashMap<>())
        .put(interval, tables.now(job.name()).get(interval));
    Set<TableName> one = Set.of(job.name());
    Plan plan = planner.plan(survey.facts(one, true), PlanRequest.upToDate(one));
    for (PlannedTask task : plan.tasks()) {
      boolean again =
          task.intervals().equals(List.of(interval)) && !task.reasons().containsKey(Reason.REREAD);
      if (again) {
        fail("planned though accepted:\n" + LakeBuilder.print(plan));
      }
    }
  }

  private Job any() {
    List<Job> all = List.copyOf(lake.jobs().values());
    return all.get(random.nextInt(all.size()));
  }

  private void foreign(Job job, Interval interval) {
    Cell cell = new Cell("foreign" + random.nextInt(), Map.of(), true);
    tables.commit(job.name(), Map.of(interval, cell), Optional.empty(), Optional.empty());
  }

  void run() throws InterruptedException {
    clock.advance(Duration.ofSeconds(1));
    String run = "run" + ++runs;
    String holder = "holder" + runs;
    settle();
    clock.advance(Duration.ofSeconds(1));
    Plan plan = planned();
    told.add("plan " + LakeBuilder.print(plan));
    for (Map.Entry<TableName, IntervalSet> forced : request.forced().entrySet()) {
      IntervalSet set =
          plan.tasks().stream()
              .filter(task -> task.job().equals(forced.getKey()))
              .map(PlannedTask::set)
              .reduce(IntervalSet.EMPTY, IntervalSet::union)
              .intersect(forced.getValue());
      if (!set.isEmpty()) {
        ledger.force(forced.getKey().toString(), set, "backfill");
      }
    }
    AtomicInteger left =
        new AtomicInteger(!calm && random.nextInt(3) == 0 ? random.nextInt(60) : 1_000_000);
    Ledger mortal = mortal(left);
    int bad = calm || random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(3);
    Random luck = new Random(random.nextLong());
    maker.fails =
        order -> {
          synchronized (luck) {
            return bad > 0 && luck.nextInt(8) < bad;
          }
        };
    TaskReading reading =
        new TaskReading(
            lake,
            mortal,
            this::tail,
            run,
            clock.instant(),
            new StaleNow(survey, planner, request.changed(), false)::of,
            table -> plan.unobtainable().getOrDefault(table, IntervalSet.EMPTY));
    maker.orders.clear();
    try {
      Verdict verdict =
          new Driver(
                  lake,
                  plan,
                  new RunRow(
                      run, "run", holder, clock.instant(), Optional.empty(), Optional.empty(), ""),
                  mortal,
                  maker,
                  reading,
                  settling()::settle,
                  new Pace(clock, (woken, longest) -> {}, new NoTimers(), () -> 0.5),
                  List.of())
              .run();
      told.add(verdict.toString());
      noSurprise(plan);
      if (verdict.exit() == 0) {
        successes++;
        rest();
      }
    } catch (LedgerException e) {
      if (left.get() > 0) {
        throw e;
      }
      told.add("dies: " + e.getMessage());
      dead.add(holder);
      noSurprise(plan);
    }
  }

  /** A ledger that is lost after so many calls, as it is for a driver that is killed. */
  private Ledger mortal(AtomicInteger left) {
    return (Ledger)
        Proxy.newProxyInstance(
            Ledger.class.getClassLoader(),
            new Class<?>[] {Ledger.class},
            (proxy, method, arguments) -> {
              if (left.decrementAndGet() < 0) {
                throw new LedgerException("killed at " + method.getName());
              }
              try {
                return method.invoke(ledger, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  void settle() {
    settling().settle();
  }

  private Settling settling() {
    return settling(ledger, dead::contains);
  }

  private void settle(Ledger ledger, Predicate<String> isDead) {
    settling(ledger, isDead).settle();
  }

  private Settling settling(Ledger ledger, Predicate<String> isDead) {
    Survey its = survey(ledger);
    return new Settling(
        lake,
        ledger,
        new LandedReceipts(
            lake,
            ledger,
            this::tail,
            new UnobtainableThen(lake, its, planner, this::tail),
            its::look),
        clock,
        isDead,
        (attempt, landed) -> {});
  }

  private Plan planned() {
    return planner.plan(survey.facts(request.selected(), true), request);
  }

  String plan() {
    return String.join("\n", planned().tasks().stream().map(PlannedTask::toString).toList());
  }

  private void noSurprise(Plan plan) {
    Map<TableName, IntervalSet> all = new HashMap<>();
    plan.tasks().forEach(task -> all.merge(task.job(), task.set(), IntervalSet::union));
    for (TaskOrder order : maker.orders) {
      if (!all.getOrDefault(order.job().name(), IntervalSet.EMPTY).contains(order.span())) {
        fail("not planned: " + order.job().name() + " " + order.span());
      }
    }
  }

  /** Lets all that is open come to an end, without any mishap. */
  void finish() throws InterruptedException {
    calm = true;
    request = PlanRequest.upToDate(lake.jobs().keySet());
    run();
    if (!told.get(told.size() - 1).contains("exit=0")) {
      fail("a run without mishap fails");
    }
  }

  private void rest() {
    settle();
    boolean backfill = request.backfill();
    if (backfill) {
      // Only what was asked for is done; the rest is for the next run.
      return;
    }
    Plan again = planned();
    if (!again.isEmpty()) {
      fail("the plan is not empty:\n" + LakeBuilder.print(again));
    }
    if (request.until().isEmpty()) {
      lake.jobs().values().stream().filter(Job::isMade).forEach(job -> freshness.check(job, again));
    }
  }

  private boolean isAccepted(Job job, Map.Entry<Interval, Cell> made) {
    return accepted.getOrDefault(job.name(), Map.of()).get(made.getKey()) == made.getValue();
  }

  int successes() {
    return successes;
  }

  private void fail(String what) {
    throw new AssertionError(name + ": " + what + "\n" + told());
  }

  String told() {
    return String.join("\n", told);
  }

  @Override
  public void close() {
    ledger.close();
  }

  private static final class NoTimers implements Pace.Timers {
    @Override
    public Pace.Timer after(Duration delay, Runnable what) {
      return () -> {};
    }

    @Override
    public Pace.Timer every(Duration period, Runnable what) {
      return () -> {};
    }

    @Override
    public void close() {}
  }
}
