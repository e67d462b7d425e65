package io.sluice.run;

import io.sluice.lake.Job;
import io.sluice.ledger.Lease;
import io.sluice.ledger.LedgerException;
import io.sluice.plan.PlannedTask;
import io.sluice.task.FailureClass;
import io.sluice.task.Outcome;
import io.sluice.task.TakenOverException;
import io.sluice.time.Interval;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Makes one task of the board: tries, and tries what can be tried again, until nothing is left. */
final class TaskWork {
  private static final int MOST_RAISED = 3;
  private static final String YOUNG_LEDGER =
      "the table knows of drivers that this ledger does not; tried again";

  private final Desk desk;
  private final PlannedTask task;
  private final Job job;
  private final TaskReport report;
  private final Remedies remedies;
  private final Deque<Part> parts = new ArrayDeque<>();
  private Lease lease;
  private int attempts;
  private boolean wasTooMuch;
  private int largest;
  private int raised;
  private boolean mayHaveLanded;
  private boolean hasUnknown;
  private boolean mustLook = true;

  TaskWork(Desk desk, PlannedTask task) {
    this.lease = new Lease(task.job().toString(), 0, Optional.empty());
    this.desk = desk;
    this.task = task;
    this.job = desk.lake().job(task.job());
    this.report = new TaskReport(desk, task);
    Backoff backoff = new Backoff(job.effort().retry(), desk.pace().random());
    this.remedies = new Remedies(backoff, job.every(), job.isOrdered());
  }

  void run() throws InterruptedException {
    Optional<Lease> taken = desk.leases().take(job.name());
    if (taken.isEmpty()) {
      report.setAside(task.intervals());
      return;
    }
    lease = taken.get();
    desk.board().unset(job.name());
    boolean leavesOpen = true;
    try {
      parts.add(Part.of(task.intervals()));
      takeOver();
      if (!parts.isEmpty()) {
        makeAll();
      } else if (report.hasBadNews()) {
        report.neverStarted();
      }
      leavesOpen = hasUnknown;
    } finally {
      if (leavesOpen) {
        desk.leases().abandon(job.name(), lease);
      } else {
        desk.leases().giveBack(job.name(), lease);
      }
    }
    if (parts.isEmpty()) {
      desk.board().ended(job.name());
    } else {
      report.setAside(intervals());
    }
  }

  /**
   * Leaves out what others made: at first, and again when the job was another driver's, of whom
   * only now is known what that one made.
   */
  private void takeOver() throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        mustLook |= desk.takeOver().isDoneNow(job, lease);
        if (mustLook) {
          leaveOutWhatOthersMade();
          mustLook = false;
        }
        return;
      } catch (LedgerException e) {
        throw e;
      } catch (TakenOverException e) {
        if (desk.leases().isConfirmed(job.name(), lease)) {
          raise(e.token());
        }
        return;
      } catch (RuntimeException e) {
        if (desk.maker().isOver()) {
          // First, lest another task begins where this one ends.
          stopRun();
          giveUpTakeOver(e);
          return;
        }
        if (tries >= job.effort().retry().attempts() || parts.isEmpty() || desk.stop().isAsked()) {
          giveUpTakeOver(e);
          return;
        }
        pause(remedies.backoff().after(tries));
      }
    }
  }

  /** Where nothing is left to be made, who takes the job next tries it again. */
  private void giveUpTakeOver(RuntimeException failure) {
    String why =
        "what others made of %s, or a driver that died or stands still, could not be found out: %s"
            .formatted(job.name(), failure.getMessage());
    report.gaveUp(intervals(), "", FailureClass.TRANSIENT, why);
    parts.clear();
  }

  private void leaveOutWhatOthersMade() {
    List<Interval> planned = intervals();
    List<Interval> still = desk.reading().stillPlanned(task);
    List<Interval> others = planned.stream().filter(i -> !still.contains(i)).toList();
    report.madeElsewhere(others);
    List<Part> left = parts.stream().flatMap(part -> part.without(others).stream()).toList();
    parts.clear();
    parts.addAll(left);
  }

  private void makeAll() throws InterruptedException {
    report.started(intervals());
    while (!parts.isEmpty() && desk.leases().isHeld(job.name(), lease)) {
      if (desk.stop().isAsked()) {
        report.cancelled(intervals());
        parts.clear();
      } else {
        makeNext();
      }
    }
    // Where there was no table before, it could not be done at first.
    takeOver();
    if (!parts.isEmpty()) {
      report.end("cancelled", takenBy());
    }
    report.ended();
  }

  /** In pieces, where more has turned out to be too much. */
  private void makeNext() throws InterruptedException {
    takeOver();
    if (parts.isEmpty()) {
      return;
    }
    Part part = parts.removeFirst();
    int most = desk.fits().of(job);
    if (part.intervals().size() > most) {
      putBack(part.pieces(most));
    } else {
      make(part);
    }
  }

  private void make(Part part) throws InterruptedException {
    Attempt attempt =
        Attempt.start(desk, job, part.intervals(), report.task(), ++attempts, lease.token());
    ended(part, attempt, attempt.make());
  }

  private void ended(Part part, Attempt attempt, Outcome outcome) throws InterruptedException {
    if (outcome instanceof Outcome.Made made) {
      made(part, attempt, made);
    } else if (outcome instanceof Outcome.Failed failed) {
      failed(part, attempt, failed);
    } else if (outcome instanceof Outcome.Fenced fenced) {
      fenced(part, attempt, fenced);
    } else if (outcome instanceof Outcome.Unknown unknown) {
      unknown(part, attempt, unknown);
    }
  }

  private void made(Part part, Attempt attempt, Outcome.Made made) {
    try {
      attempt.made(made);
    } catch (LedgerException e) {
      throw e;
    } catch (RuntimeException e) {
      // Its row stays open: the next start settles it from the receipt.
      hasUnknown = true;
      String why = "published, but not entered in the ledger: " + e.getMessage();
      report.gaveUp(part.intervals(), attempt.id(), FailureClass.TRANSIENT, why);
      return;
    }
    report.made(attempt, made);
    if (wasTooMuch && part.failures(FailureClass.RESOURCE) > 0) {
      largest = Math.max(largest, part.intervals().size());
      desk.fits().atMost(job, largest);
    }
    desk.board().isStored(job.name());
    // One that failed at its commit may have been made after all, too late to be seen: then it
    // changed them.
    List<Interval> unchanged = mayHaveLanded ? List.of() : made.unchanged();
    List<Interval> changed = new ArrayList<>(made.published());
    changed.removeAll(unchanged);
    desk.board().made(job.name(), changed);
    desk.board().madeAsBefore(job.name(), unchanged);
    if (!made.refused().isEmpty()) {
      giveUpRefused(part, attempt, made);
    }
  }

  private void giveUpRefused(Part part, Attempt attempt, Outcome.Made made) {
    List<Interval> rest = new ArrayList<>(part.intervals());
    rest.removeAll(made.published());
    for (Outcome.Refused refused : made.refused()) {
      report.gaveUp(refused.intervals(), attempt.id(), FailureClass.QUALITY, refused.message());
      rest.removeAll(refused.intervals());
    }
    if (job.isOrdered()) {
      parts.forEach(later -> rest.addAll(later.intervals()));
      parts.clear();
    }
    report.held(rest, made.refused().get(0).intervals().get(0));
  }

  private void failed(Part part, Attempt attempt, Outcome.Failed failed)
      throws InterruptedException {
    mayHaveLanded |= failed.mayLandLate();
    boolean isOver = desk.maker().isOver();
    if (isOver) {
      stopRun();
    }
    if (desk.stop().isAsked() && !isOver) {
      attempt.failed("cancelled", "the run was stopped", List.of());
      parts.addFirst(part);
    } else if (!desk.leases().isConfirmed(job.name(), lease)) {
      attempt.failed("interrupted", takenBy(), List.of());
      parts.addFirst(part);
    } else if (isOver) {
      over(part, attempt, failed);
    } else {
      // One interval that passes when it is tried again says nothing of how many are too much.
      wasTooMuch |= failed.kind() == FailureClass.RESOURCE && part.intervals().size() > 1;
      Remedy remedy = remedies.after(failed, part);
      attempt.failed(failed.kind().word(), failed.message(), remedy.failed());
      report.failed(part, attempt, failed, remedy);
      follow(remedy, attempt.id(), failed);
    }
  }

  /** No try would do better; the next run takes it, and what this one has not begun. */
  private void over(Part part, Attempt attempt, Outcome.Failed failed) {
    attempt.failed(FailureClass.TRANSIENT.word(), failed.message(), part.intervals());
    Remedy none =
        new Remedy(Duration.ZERO, List.of(), part.intervals(), List.of(), "the run ends here");
    report.failed(part, attempt, failed, none);
    report.gaveUp(part.intervals(), attempt.id(), FailureClass.TRANSIENT, failed.message());
  }

  private void stopRun() {
    desk.stop().all();
    desk.board().changed();
  }

  /** Nothing of it is tried again before it is known how it ended; its row stays open till then. */
  private void unknown(Part part, Attempt attempt, Outcome.Unknown unknown)
      throws InterruptedException {
    Outcome.Failed failed =
        new Outcome.Failed(
            FailureClass.TRANSIENT,
            unknown.message() + "; whether it was published could not be found out",
            List.of(),
            unknown.cause());
    mayHaveLanded = true;
    Part asked = part;
    while (true) {
      Remedy remedy = remedies.after(failed, asked);
      report.failed(part, attempt, failed, remedy);
      if (remedy.parts().isEmpty()) {
        hasUnknown = true;
        follow(remedy, attempt.id(), failed);
        return;
      }
      pause(remedy.pause());
      Optional<Outcome> known = attempt.ask(unknown);
      if (known.isPresent()) {
        ended(part, attempt, known.get());
        return;
      }
      if (desk.stop().isAsked()) {
        hasUnknown = true;
        parts.addFirst(part);
        return;
      }
      asked = remedy.parts().get(0);
    }
  }

  /** Nothing was published, and nothing will be by this attempt. */
  private void fenced(Part part, Attempt attempt, Outcome.Fenced fenced) {
    if (!desk.leases().isConfirmed(job.name(), lease)) {
      attempt.failed("interrupted", takenBy() + "; " + fenced.message(), List.of());
      parts.addFirst(part);
      return;
    }
    attempt.failed("interrupted", YOUNG_LEDGER, List.of());
    parts.addFirst(part);
    raise(fenced.token());
  }

  /** The ledger was lost and begun anew, or the table was copied from another lake. */
  private void raise(long above) {
    Optional<Lease> higher =
        ++raised <= MOST_RAISED ? desk.leases().raise(job.name(), above) : Optional.empty();
    if (higher.isPresent()) {
      lease = higher.get();
      return;
    }
    String why =
        "drivers with another ledger make %s, too; let all that write to %s share one (ledger.url)"
            .formatted(job.name(), desk.lake().root());
    report.gaveUp(intervals(), "", FailureClass.DEFINITE, why);
    parts.clear();
  }

  private String takenBy() {
    return "%s took %s over while this driver stood still"
        .formatted(desk.leases().holder(job.name()), job.name());
  }

  private void follow(Remedy remedy, String attempt, Outcome.Failed failed)
      throws InterruptedException {
    if (!remedy.failed().isEmpty()) {
      List<Interval> held = new ArrayList<>(remedy.held());
      if (job.isOrdered()) {
        parts.forEach(part -> held.addAll(part.intervals()));
        parts.clear();
      }
      report.gaveUp(remedy.failed(), attempt, failed.kind(), failed.message());
      report.held(held, remedy.failed().get(0));
    }
    putBack(remedy.parts());
    pause(remedy.pause());
  }

  private void pause(Duration time) throws InterruptedException {
    if (!time.isZero()) {
      desk.pace().pause().await(desk.stop().latch(), time);
    }
  }

  private void putBack(List<Part> first) {
    for (int i = first.size() - 1; i >= 0; i--) {
      parts.addFirst(first.get(i));
    }
  }

  private List<Interval> intervals() {
    return parts.stream().flatMap(part -> part.intervals().stream()).toList();
  }
}
