package io.sluice.run;

import io.sluice.deltalog.Receipt;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.MadeFacts;
import io.sluice.ledger.RunRow;
import io.sluice.plan.Plan;
import io.sluice.plan.PlannedTask;
import io.sluice.survey.Reading;
import io.sluice.task.FailureClass;
import io.sluice.task.Outcome;
import io.sluice.task.TaskMaker;
import io.sluice.task.TaskOrder;
import io.sluice.testing.MemoryLedger;
import io.sluice.testing.SettableClock;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A driver over tables that are only counted, with a maker that does as it is told. */
final class TestRun implements TaskMaker, Reading {
  static final Instant NOW = Instant.parse("2011-04-01T06:00:00Z");

  final SettableClock clock = new SettableClock(NOW);
  final Lake lake;
  final MemoryLedger ledger;
  final String id;
  final List<RunEvent> events = new CopyOnWriteArrayList<>();
  final List<TaskOrder> orders = new CopyOnWriteArrayList<>();
  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  final Set<String> cancelled = ConcurrentHashMap.newKeySet();
  final ByHand timers = new ByHand();
  final List<TableName> settled = new CopyOnWriteArrayList<>();
  final List<String> fences = new CopyOnWriteArrayList<>();

  /** Tables that can be fenced. */
  volatile Predicate<TableName> hasTable = table -> true;

  final Map<TableName, Map<Interval, Optional<String>>> before = new HashMap<>();

  /** What becomes of an order; made where it is empty. */
  volatile Function<TaskOrder, Optional<Outcome>> script = order -> Optional.empty();

  volatile boolean timeStands;
  volatile boolean isOver;
  volatile Runnable onCancel = () -> {};
  volatile Consumer<Duration> onPause = pause -> {};
  volatile Function<List<Interval>, Map<String, IntervalSet>> early = intervals -> Map.of();
  volatile Runnable onFacts = () -> {};
  volatile Consumer<PlannedTask> onStillPlanned = task -> {};
  private final Map<TableName, Long> versions = new ConcurrentHashMap<>();
  final Driver driver;

  TestRun(Lake lake, PlannedTask... tasks) {
    this("r1", lake, new MemoryLedger(), tasks);
  }

  TestRun(String id, Lake lake, MemoryLedger ledger, PlannedTask... tasks) {
    this.id = id;
    this.lake = lake;
    this.ledger = ledger;
    for (PlannedTask task : tasks) {
      for (Interval interval : task.intervals()) {
        before
            .computeIfAbsent(task.job(), any -> new HashMap<>())
            .put(interval, ledger.maker(task.job().toString(), interval));
      }
    }
    Pace.Pause pause =
        (woken, longest) -> {
          pauses.add(longest);
          clock.advance(timeStands ? Duration.ZERO : longest);
          onPause.accept(longest);
        };
    driver =
        new Driver(
            lake,
            new Plan(List.of(tasks), List.of(), List.of()),
            new RunRow(id, "run", "host/" + id, NOW, Optional.empty(), Optional.empty(), ""),
            ledger,
            this,
            this,
            (job, own) -> settled.add(job),
            new Pace(clock, pause, timers, () -> 1.0),
            List.of(events::add));
  }

  /** Its table was there before the run. */
  TestRun withTable(TableName table) {
    versions.put(table, 0L);
    return this;
  }

  Verdict run() throws InterruptedException {
    return driver.run();
  }

  @Override
  public Outcome make(TaskOrder order) {
    orders.add(order);
    return script.apply(order).orElseGet(() -> published(order));
  }

  @Override
  public boolean fence(Job job, long token) {
    if (!hasTable.test(job.name())) {
      return false;
    }
    fences.add(job.name() + " " + token);
    return true;
  }

  @Override
  public boolean isOver() {
    return isOver;
  }

  @Override
  public void cancel(String attempt) {
    cancelled.add(attempt);
    onCancel.run();
  }

  @Override
  public long version(Job job) {
    return versions.getOrDefault(job.name(), -1L);
  }

  @Override
  public List<Interval> stillPlanned(PlannedTask task) {
    onStillPlanned.accept(task);
    return task.intervals().stream()
        .filter(
            interval -> {
              Optional<String> maker = ledger.maker(task.job().toString(), interval);
              return maker.equals(before.getOrDefault(task.job(), Map.of()).get(interval));
            })
        .toList();
  }

  @Override
  public Map<String, IntervalSet> early(Job job, List<Interval> intervals) {
    return early.apply(intervals);
  }

  @Override
  public MadeFacts facts(Job job, Outcome.Made made, Map<String, IntervalSet> whatIsEarly) {
    onFacts.run();
    return new MadeFacts(made.receipt(), made.version(), Map.of(), whatIsEarly, Map.of());
  }

  Outcome published(TaskOrder order) {
    long version = versions.merge(order.job().name(), 1L, Long::sum);
    return new Outcome.Made(receipt(order, 10), version, Map.of(), List.of());
  }

  /** Published, with the rows that were there. */
  Outcome publishedAsBefore(TaskOrder order) {
    long version = versions.merge(order.job().name(), 1L, Long::sum);
    return new Outcome.Made(
        receipt(order, 10), version, Map.of(), List.of(), List.of(), order.intervals());
  }

  /** Published but for these, of which the first is to blame. */
  Outcome publishedWithout(TaskOrder order, Interval bad) {
    return publishedWithout(order, List.of(bad));
  }

  Outcome publishedWithout(TaskOrder order, List<Interval> leftOut) {
    Receipt all = receipt(order, 10);
    Receipt receipt =
        new Receipt(
            all.lake(),
            all.job(),
            all.run(),
            all.attempt(),
            all.definition(),
            all.reads(),
            all.made().stream().filter(made -> !leftOut.contains(made.interval())).toList());
    long version = versions.merge(order.job().name(), 1L, Long::sum);
    Interval bad = leftOut.get(0);
    String message =
        order.job().name() + " " + order.job().every().name(bad) + ": rows broke a rule";
    return new Outcome.Made(
        receipt,
        version,
        Map.of(),
        List.of(),
        List.of(new Outcome.Refused(List.of(bad), message)),
        List.of());
  }

  static Receipt receipt(TaskOrder order, long rows) {
    return new Receipt(
        "retail",
        order.job().name().toString(),
        order.run(),
        order.attempt(),
        order.job().fingerprint(),
        Map.of(),
        order.intervals().stream().map(i -> new Receipt.Made(i, rows, 1)).toList());
  }

  static Optional<Outcome> fail(FailureClass kind, Interval... culprits) {
    return Optional.of(
        new Outcome.Failed(
            kind, kind.word() + " it is", List.of(culprits), new RuntimeException("scripted")));
  }

  /** By the log nothing was published, so far. */
  static Optional<Outcome> failAtCommit(FailureClass kind) {
    return Optional.of(
        new Outcome.Failed(
            kind, kind.word() + " it is", List.of(), new RuntimeException("scripted"), true));
  }

  /** A commit that gave no answer. */
  static Optional<Outcome> unknown(Supplier<Outcome> ask) {
    return Optional.of(new Outcome.Unknown("no answer", new RuntimeException("scripted"), ask));
  }

  /** Fails every order for the job that holds the day, without a word about which it was. */
  static Function<TaskOrder, Optional<Outcome>> poisoned(
      TableName job, Interval bad, FailureClass kind) {
    return order ->
        order.job().name().equals(job) && order.intervals().contains(bad)
            ? fail(kind)
            : Optional.empty();
  }

  <E extends RunEvent> List<E> of(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  List<TaskOrder> orders(TableName job) {
    return orders.stream().filter(order -> order.job().name().equals(job)).toList();
  }

  IntervalSet made(TableName job) {
    return ledger.facts(job.toString()).made();
  }

  List<AttemptRow> attempts() {
    return ledger.attempts(id);
  }

  /** Index of the first event that is so. */
  int at(Predicate<RunEvent> so) {
    List<RunEvent> all = new ArrayList<>(events);
    for (int i = 0; i < all.size(); i++) {
      if (so.test(all.get(i))) {
        return i;
      }
    }
    throw new AssertionError("No such event in " + all);
  }

  /** Timers that go off when a test says so. */
  static final class ByHand implements Pace.Timers {
    final Map<Runnable, Duration> after = new ConcurrentHashMap<>();
    final Map<Runnable, Duration> every = new ConcurrentHashMap<>();

    @Override
    public Pace.Timer after(Duration delay, Runnable what) {
      after.put(what, delay);
      return () -> after.remove(what);
    }

    @Override
    public Pace.Timer every(Duration period, Runnable what) {
      every.put(what, period);
      return () -> every.remove(what);
    }

    void goOff() {
      after.keySet().forEach(Runnable::run);
      every.keySet().forEach(Runnable::run);
    }

    @Override
    public void close() {}
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, java.util.concurrent.TimeUnit.SECONDS)) {
        throw new AssertionError("Nothing happened for 20 s");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
