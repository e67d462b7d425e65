package io.sluice.run;

import io.sluice.lake.Job;
import io.sluice.plan.PlannedTask;
import io.sluice.task.FailureClass;
import io.sluice.task.Outcome;
import io.sluice.time.Interval;
import java.util.Collection;
import java.util.List;

/** Tells of one task as it goes: the board, who listens to the run, and the history. */
final class TaskReport {
  private static final String MADE = "made";

  private final Desk desk;
  private final PlannedTask planned;
  private final Job job;
  private final String task;
  private String state = MADE;
  private String message = "";

  TaskReport(Desk desk, PlannedTask planned) {
    this.desk = desk;
    this.planned = planned;
    this.job = desk.lake().job(planned.job());
    this.task = desk.nextTask();
  }

  /** The task's id. */
  String task() {
    return task;
  }

  void started(List<Interval> intervals) {
    desk.startTask(task, planned, intervals);
    for (PlannedTask part : Board.parts(planned, intervals)) {
      desk.events().tell(new RunEvent.TaskStarted(desk.now(), part, task));
    }
  }

  /** It came to its end before anything was tried. */
  void neverStarted() {
    desk.startTask(task, planned, planned.intervals());
    desk.ledger().taskEnded(task, desk.now(), state, message);
  }

  void ended() {
    desk.ledger().taskEnded(task, desk.now(), state, message);
    desk.events().tell(new RunEvent.TaskEnded(desk.now(), job.name(), task, state));
  }

  boolean hasBadNews() {
    return !state.equals(MADE);
  }

  /** The first thing that went wrong is what the history says of the task. */
  void end(String how, String why) {
    if (state.equals(MADE)) {
      state = how;
      message = why;
    }
  }

  void madeElsewhere(List<Interval> intervals) {
    for (PlannedTask part : Board.parts(planned, intervals)) {
      desk.events().tell(new RunEvent.MadeElsewhere(desk.now(), part));
    }
    desk.board().made(job.name(), intervals);
  }

  /** Once for each stretch without gaps; what a person should know, with the first. */
  void made(Attempt attempt, Outcome.Made made) {
    List<String> warnings = made.warnings();
    for (List<Interval> group : Part.neighbours(made.published())) {
      desk.events()
          .tell(
              new RunEvent.TaskMade(
                  desk.now(),
                  planned.only(group),
                  attempt.id(),
                  made.written(group),
                  made.quarantined(group),
                  warnings,
                  attempt.elapsed()));
      warnings = List.of();
    }
  }

  void failed(Part part, Attempt attempt, Outcome.Failed failed, Remedy remedy) {
    desk.events()
        .tell(
            new RunEvent.AttemptFailed(
                desk.now(),
                planned.only(part.intervals()),
                attempt.id(),
                failed.kind(),
                failed.message(),
                remedy.word(),
                remedy.parts().isEmpty(),
                failed.cause()));
  }

  void gaveUp(Collection<Interval> intervals, String attempt, FailureClass kind, String why) {
    if (intervals.isEmpty()) {
      return;
    }
    for (PlannedTask part : Board.parts(planned, intervals)) {
      desk.events().tell(new RunEvent.IntervalsFailed(desk.now(), part, attempt, kind, why));
      lose(part, failedText(part.first(), part.last()));
    }
    end("failed", why);
  }

  void held(Collection<Interval> intervals, Interval after) {
    String cause = failedText(after, after);
    for (PlannedTask part : Board.parts(planned, intervals)) {
      desk.skip(new Board.Loss(part, true, cause));
      lose(part, cause);
    }
  }

  private void lose(PlannedTask part, String cause) {
    desk.board().lost(job.name(), part.intervals(), cause).forEach(desk::skip);
  }

  private String failedText(Interval first, Interval last) {
    return "%s %s failed".formatted(job.name(), job.every().name(first, last));
  }

  void cancelled(List<Interval> intervals) {
    for (PlannedTask part : Board.parts(planned, intervals)) {
      desk.events().tell(new RunEvent.Cancelled(desk.now(), part));
    }
    end("cancelled", "the run was stopped");
  }

  void setAside(List<Interval> intervals) {
    String holder = desk.leases().holder(job.name());
    if (desk.board().setAside(job.name(), Board.parts(planned, intervals), holder)) {
      desk.events().tell(new RunEvent.SetAside(desk.now(), job.name(), holder));
    }
  }
}
