package io.sluice.cli;

import io.sluice.run.RunEvent;
import io.sluice.run.RunListener;

/** Shows a run's events to the person who waits for it. */
final class ProgressListener implements RunListener {
  private final Progress progress;

  ProgressListener(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.RunStarted run) {
      progress.started(run.tasks(), run.intervals());
    } else if (event instanceof RunEvent.TaskStarted task) {
      progress.taskStarted(task.part());
    } else if (event instanceof RunEvent.TaskMade made) {
      progress.made(made.part(), made.rows(), made.quarantined(), made.warnings(), made.elapsed());
    } else if (event instanceof RunEvent.AttemptFailed failed) {
      if (!failed.isLast()) {
        progress.triedAgain(
            failed.part(),
            failed.kind().word(),
            RunEvent.cause(failed.part().job(), failed.message()),
            failed.next());
      }
    } else if (event instanceof RunEvent.IntervalsFailed failed) {
      progress.failed(
          failed.part(),
          failed.kind().word(),
          RunEvent.cause(failed.part().job(), failed.message()));
    } else if (event instanceof RunEvent.MadeElsewhere made) {
      progress.madeElsewhere(made.part());
    } else if (event instanceof RunEvent.Unchanged unchanged) {
      progress.unchanged(unchanged.part(), unchanged.cause());
    } else if (event instanceof RunEvent.Skipped skipped) {
      progress.leftOut(skipped.part(), "skipped", skipped.cause());
    } else if (event instanceof RunEvent.Held held) {
      progress.leftOut(held.part(), "held", held.cause());
    } else if (event instanceof RunEvent.HeldElsewhere held) {
      progress.leftOut(
          held.part(), "held", "another driver (%s) works at it".formatted(held.holder()));
    } else if (event instanceof RunEvent.Cancelled cancelled) {
      progress.leftOut(cancelled.part(), "not tried", "the run was stopped");
    } else if (event instanceof RunEvent.SetAside aside) {
      progress.note(
          "%s waits: another driver (%s) works at it".formatted(aside.job(), aside.holder()));
    }
  }
}
