package io.sluice.run;

import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.RunRow;
import io.sluice.plan.Plan;
import io.sluice.plan.PlannedTask;
import io.sluice.survey.Reading;
import io.sluice.task.TaskMaker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs one plan, once: what is ready is started, up to so many tasks side by side. */
public final class Driver {

  /** How often a job that another driver works at is asked for again. */
  static final Duration POLL = Duration.ofSeconds(2);

  /** How long nothing may happen but another driver's work. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Desk desk;
  private final RunRow row;
  private final Tally tally = new Tally();
  private final Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
  private final Plan plan;

  /**
   * @param row the run as the history will show it, without an end
   * @param rivals ends what other drivers left open
   */
  public Driver(
      Lake lake,
      Plan plan,
      RunRow row,
      Ledger ledger,
      TaskMaker maker,
      Reading reading,
      TakeOver.Rivals rivals,
      Pace pace,
      List<RunListener> listeners) {
    this.plan = plan;
    this.row = row;
    Stop stop = new Stop(maker);
    List<RunListener> all = new ArrayList<>(listeners);
    all.add(0, tally);
    Leases leases = new Leases(ledger, row.holder(), pace.clock(), stop::job);
    this.desk =
        new Desk(
            row.id(),
            lake,
            ledger,
            maker,
            reading,
            pace,
            new Board(lake, plan.tasks(), table -> isThere(lake, reading, table)),
            leases,
            stop,
            new RunEvents(all),
            new Fits(ledger),
            new AtomicInteger(),
            new TakeOver(row.id(), leases, maker::fence, rivals));
  }

  private static boolean isThere(Lake lake, Reading reading, TableName table) {
    try {
      return reading.version(lake.job(table)) >= 0;
    } catch (RuntimeException e) {
      // Who reads it will say what is wrong with it.
      return true;
    }
  }

  /** Makes what can be made, and says how it went. */
  public Verdict run() throws InterruptedException {
    desk.ledger().runStarted(row);
    int intervals = plan.tasks().stream().mapToInt(task -> task.intervals().size()).sum();
    desk.events()
        .tell(new RunEvent.RunStarted(desk.now(), row.id(), plan.tasks().size(), intervals));
    ExecutorService workers = workers(desk.lake().parallel());
    Pace.Timers timers = desk.pace().timers();
    try (Pace.Timer renewal = timers.every(Leases.RENEWAL, desk.leases()::renew);
        Pace.Timer poll = timers.every(POLL, desk.board()::stir)) {
      coordinate(workers);
    } catch (InterruptedException e) {
      cancel();
      throw e;
    } finally {
      workers.shutdown();
    }
    broken.stream().findFirst().ifPresent(Driver::rethrow);
    Verdict verdict = Verdict.of(tally, plan.waitingInShort());
    desk.ledger().runEnded(row.id(), desk.now(), verdict.exit(), verdict.lastLine());
    desk.events().tell(new RunEvent.RunEnded(desk.now(), verdict));
    return verdict;
  }

  /** Starts nothing more and stops what runs; {@link #run} then returns soon. */
  public void cancel() {
    desk.stop().all();
    desk.board().changed();
  }

  private void coordinate(ExecutorService workers) throws InterruptedException {
    Board board = desk.board();
    Instant deadline = desk.now().plus(PATIENCE);
    long progress = board.progress();
    while (!board.isDone()) {
      long seen = board.changes();
      if (desk.stop().isAsked()) {
        board
            .dropAll()
            .forEach(task -> desk.events().tell(new RunEvent.Cancelled(desk.now(), task)));
      } else {
        start(workers);
      }
      if (board.progress() != progress) {
        progress = board.progress();
        deadline = desk.now().plus(PATIENCE);
      }
      if (board.running() > 0) {
        board.awaitChangeAfter(seen);
      } else if (board.changes() == seen && !board.isDone()) {
        awaitOtherDrivers(deadline);
      }
    }
  }

  /** Nothing is left but what other drivers work at. */
  private void awaitOtherDrivers(Instant deadline) throws InterruptedException {
    if (desk.board().anyAside() && desk.now().isBefore(deadline)) {
      desk.pace().pause().await(desk.stop().latch(), POLL);
      desk.board().stir();
      return;
    }
    Map<PlannedTask, String> dropped = desk.board().dropAside();
    if (dropped.isEmpty()) {
      throw new IllegalStateException("Tasks of this plan wait for each other");
    }
    dropped.forEach(desk::leaveToOther);
  }

  private void start(ExecutorService workers) {
    while (!desk.stop().isAsked() && desk.board().running() < desk.lake().parallel()) {
      Board.Turn turn = desk.board().next();
      turn.losses().forEach(desk::skip);
      turn.idle().forEach(desk::leaveAsItIs);
      if (turn.task().isEmpty()) {
        return;
      }
      PlannedTask task = turn.task().get();
      TaskWork work = new TaskWork(desk, task);
      workers.execute(() -> work(work, task));
    }
  }

  private void work(TaskWork work, PlannedTask task) {
    try {
      work.run();
    } catch (Throwable e) { // Spark throws checked ones without declaring them.
      // The ledger or a log can't be read or written: no task can do better.
      broken.add(e);
      desk.stop().all();
      desk.board().ended(task.job());
    }
  }

  private static ExecutorService workers(int parallel) {
    AtomicInteger numbers = new AtomicInteger();
    return Executors.newFixedThreadPool(
        parallel, work -> new Thread(work, "sluice-task-" + numbers.incrementAndGet()));
  }

  private static void rethrow(Throwable broken) {
    if (broken instanceof Error error) {
      throw error;
    }
    throw broken instanceof RuntimeException exception
        ? exception
        : new IllegalStateException(broken);
  }
}
