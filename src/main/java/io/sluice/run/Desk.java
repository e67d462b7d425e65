package io.sluice.run;

import io.sluice.lake.Lake;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.TaskRow;
import io.sluice.plan.PlannedTask;
import io.sluice.plan.Reason;
import io.sluice.survey.Reading;
import io.sluice.task.TaskMaker;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** What the workers of one run share. */
record Desk(
    String run,
    Lake lake,
    Ledger ledger,
    TaskMaker maker,
    Reading reading,
    Pace pace,
    Board board,
    Leases leases,
    Stop stop,
    RunEvents events,
    Fits fits,
    AtomicInteger tasks,
    TakeOver takeOver) {

  Instant now() {
    return pace.clock().instant();
  }

  String nextTask() {
    return "%s-%d".formatted(run, tasks.incrementAndGet());
  }

  void startTask(String id, PlannedTask task, List<Interval> intervals) {
    ledger.taskStarted(
        new TaskRow(
            id,
            run,
            task.job().toString(),
            IntervalSet.of(intervals),
            task.reasons().keySet().stream().map(Reason::word).collect(Collectors.joining(", ")),
            now(),
            Optional.empty(),
            "running",
            ""));
  }

  /** Sets down that this is not tried. */
  void skip(Board.Loss loss) {
    skipped(loss.part(), loss.cause());
    events.tell(
        loss.held()
            ? new RunEvent.Held(now(), loss.part(), loss.cause())
            : new RunEvent.Skipped(now(), loss.part(), loss.cause()));
  }

  /** Sets down that this need not be made. */
  void leaveAsItIs(Board.Idle idle) {
    String id = nextTask();
    startTask(id, idle.part(), idle.part().intervals());
    ledger.taskEnded(id, now(), "unchanged", idle.cause());
    events.tell(new RunEvent.Unchanged(now(), idle.part(), idle.cause()));
  }

  /** Another driver has worked at the job for too long. */
  void leaveToOther(PlannedTask task, String holder) {
    String cause =
        "%s %s is held by another driver (%s)"
            .formatted(task.job(), task.every().name(task.first(), task.last()), holder);
    skipped(task, cause);
    events.tell(new RunEvent.HeldElsewhere(now(), task, holder));
    board.lost(task.job(), task.intervals(), cause).forEach(this::skip);
  }

  private void skipped(PlannedTask part, String cause) {
    String id = nextTask();
    startTask(id, part, part.intervals());
    ledger.taskEnded(id, now(), "skipped", cause);
  }
}
