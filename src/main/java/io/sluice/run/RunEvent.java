package io.sluice.run;

import io.sluice.lake.TableName;
import io.sluice.plan.PlannedTask;
import io.sluice.task.FailureClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Something that happened in a run; a {@code part} is a task of the plan, or some of one. */
public sealed interface RunEvent {

  /** A failure's message where job and intervals have been named already. */
  static String cause(TableName job, String message) {
    int title = message.indexOf(": ");
    return title > 0 && message.startsWith(job + " ") ? message.substring(title + 2) : message;
  }

  Instant at();

  record RunStarted(Instant at, String run, int tasks, int intervals) implements RunEvent {}

  /** Told for each part, where what others made leaves gaps. */
  record TaskStarted(Instant at, PlannedTask part, String task) implements RunEvent {}

  /**
   * Nobody works at it any more; of its parts was told before.
   *
   * @param state as the ledger has it
   */
  record TaskEnded(Instant at, TableName job, String task, String state) implements RunEvent {}

  /**
   * A try that published nothing.
   *
   * @param next what is done about it, as people read it: {@code in halves}
   * @param isLast whether nothing of it is tried again; then {@link IntervalsFailed} follows
   */
  record AttemptFailed(
      Instant at,
      PlannedTask part,
      String attempt,
      FailureClass kind,
      String message,
      String next,
      boolean isLast,
      Throwable cause)
      implements RunEvent {}

  record TaskMade(
      Instant at,
      PlannedTask part,
      String attempt,
      long rows,
      long quarantined,
      List<String> warnings,
      Duration elapsed)
      implements RunEvent {
    public TaskMade {
      warnings = List.copyOf(warnings);
    }
  }

  /** Made by another run since the plan was drawn up. */
  record MadeElsewhere(Instant at, PlannedTask part) implements RunEvent {}

  /** Given up. */
  record IntervalsFailed(
      Instant at, PlannedTask part, String attempt, FailureClass kind, String message)
      implements RunEvent {}

  /** Need not be made: what it was planned to follow turned out as it was. */
  record Unchanged(Instant at, PlannedTask part, String cause) implements RunEvent {}

  /** Not tried, for want of an input. */
  record Skipped(Instant at, PlannedTask part, String cause) implements RunEvent {}

  /** Not tried, for want of the interval before it. */
  record Held(Instant at, PlannedTask part, String cause) implements RunEvent {}

  /** Another driver works at the job; asked for again later. */
  record SetAside(Instant at, TableName job, String holder) implements RunEvent {}

  /** Another driver worked at the job for longer than this run waits. */
  record HeldElsewhere(Instant at, PlannedTask part, String holder) implements RunEvent {}

  record Cancelled(Instant at, PlannedTask part) implements RunEvent {}

  record RunEnded(Instant at, Verdict verdict) implements RunEvent {}
}
