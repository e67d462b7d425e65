package io.sluice.repair;

import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.TableLog;
import io.sluice.deltalog.Undone;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.LedgerException;
import io.sluice.ledger.MadeFacts;
import io.sluice.ledger.RunRow;
import io.sluice.ledger.TaskRow;
import io.sluice.run.Holding;
import io.sluice.run.Keeping;
import io.sluice.run.LostLeaseException;
import io.sluice.table.Fence;
import io.sluice.table.TableRestore;
import io.sluice.task.TakenOverException;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Puts back what a plan says, a commit a table, under the leases of the jobs. Inputs go before
 * those that read them: what dies in between has readers that are stale, and no reader that is not.
 *
 * @param hold opens the leases of a run
 * @param restorer commits what a table is to hold again
 * @param landed what the log tells of an attempt that has committed
 * @param checksums of what a job's source has of intervals now; none where it can't be looked at
 */
public record Undo(
    Lake lake,
    Ledger ledger,
    Clock clock,
    Function<RunRow, Holding> hold,
    Restorer restorer,
    Function<AttemptRow, Optional<MadeFacts>> landed,
    BiFunction<Job, List<Interval>, Map<Interval, String>> checksums) {
  /** Gives tables their past back. */
  @FunctionalInterface
  public interface Restorer {
    /**
     * @return the version that the commit made
     * @throws TakenOverException where the table knows of who took the job over
     */
    long restore(TableRestore restore, Receipt receipt);
  }

  /**
   * How it went.
   *
   * @param done tables that were put back
   * @param exit the process's exit code
   */
  public record Ended(List<TableUndo> done, int exit, String lastLine) {
    public Ended {
      done = List.copyOf(done);
    }
  }

  /**
   * @param planned what was said
   * @param row the run as the history will show it, without an end
   */
  public Ended run(UndoPlan planned, UndoPlanner planner, RunRow row) {
    ledger.runStarted(row);
    Ended ended;
    try (Holding leases = hold.apply(row)) {
      Optional<String> held = leases.take(planned.tables().stream().map(TableUndo::job).toList());
      ended =
          held.isPresent()
              ? new Ended(List.of(), 4, held.get() + "; try again when it has ended")
              : putBack(planned, planner, row, leases);
    } catch (LedgerException e) {
      throw e;
    } catch (RuntimeException e) {
      // A job could not be taken over, or a log can't be read.
      ended = new Ended(List.of(), 1, "nothing was put back: " + e.getMessage());
    }
    ledger.runEnded(row.id(), clock.instant(), ended.exit(), ended.lastLine());
    return ended;
  }

  private Ended putBack(UndoPlan planned, UndoPlanner planner, RunRow row, Holding leases) {
    UndoPlan again = planner.plan(planned.request());
    if (!again.refused().isEmpty() || !again.doesWhatWasSaid(planned)) {
      return new Ended(
          List.of(), 1, "somebody has written to these tables meanwhile: look again and repeat");
    }
    List<TableUndo> all = again.tables();
    for (int i = 0; i < all.size(); i++) {
      Optional<Failure> failure = putBack(all.get(i), row, i + 1, leases);
      if (failure.isPresent()) {
        return new Ended(
            all.subList(0, i),
            i > 0 ? 3 : failure.get().isLost() ? 4 : 1,
            "%d of %d tables put back; %s".formatted(i, all.size(), failure.get().message()));
      }
    }
    return new Ended(all, 0, UndoText.done(again));
  }

  /**
   * Why a table was not put back.
   *
   * @param isLost because another driver has it now
   */
  private record Failure(boolean isLost, String message) {
    String word() {
      return isLost ? "interrupted" : "definite";
    }
  }

  /** Empty where it went well. */
  private Optional<Failure> putBack(TableUndo undo, RunRow row, int number, Holding leases) {
    Job job = undo.job();
    String task = "%s-%d".formatted(row.id(), number);
    AttemptRow attempt = attempt(undo, row, task);
    ledger.taskStarted(
        new TaskRow(
            task,
            row.id(),
            job.name().toString(),
            undo.touched(),
            "undo",
            clock.instant(),
            Optional.empty(),
            "running",
            ""));
    ledger.attemptStarted(attempt);
    try {
      Receipt receipt = receipt(undo, row.id(), attempt);
      leases.insist(job.name());
      restorer.restore(restore(undo, leases.token(job.name())), receipt);
    } catch (RuntimeException e) {
      Optional<Failure> failure = unlessItLanded(job, attempt, e, leases);
      if (failure.isPresent()) {
        ledger.taskEnded(task, clock.instant(), "failed", failure.get().message());
        return failure;
      }
    }
    try {
      Keeping.keep(ledger, clock, attempt.id(), () -> known(attempt));
    } catch (LedgerException e) {
      throw e;
    } catch (RuntimeException e) {
      return Optional.of(leftOpen(job, leases, "put back, but not entered in the ledger", e));
    }
    ledger.taskEnded(task, clock.instant(), "made", "");
    return Optional.empty();
  }

  /** A commit that failed may have been made all the same. */
  private Optional<Failure> unlessItLanded(
      Job job, AttemptRow attempt, RuntimeException e, Holding leases) {
    try {
      if (landed.apply(attempt).isPresent()) {
        return Optional.empty();
      }
    } catch (LedgerException broken) {
      throw broken;
    } catch (RuntimeException unknown) {
      e.addSuppressed(unknown);
      return Optional.of(
          leftOpen(job, leases, "whether it was put back could not be found out", e));
    }
    Failure failure = failure(job, e, leases);
    ledger.attemptFailed(
        attempt.id(), clock.instant(), failure.word(), failure.message(), IntervalSet.EMPTY);
    return Optional.of(failure);
  }

  /** The attempt's row stays open: who takes the job next settles it from the receipt. */
  private static Failure leftOpen(Job job, Holding leases, String what, RuntimeException e) {
    leases.abandon(job.name());
    return new Failure(
        false,
        "%s: %s (%s); the next run finds it out and goes on from it"
            .formatted(job.name(), what, e.getMessage()));
  }

  /** Whatever it died of: who has lost the lease is told that first. */
  private static Failure failure(Job job, RuntimeException failure, Holding leases) {
    try {
      leases.insist(job.name());
    } catch (LostLeaseException lost) {
      return new Failure(true, lost.getMessage() + "; nothing of it was put back");
    }
    if (failure instanceof TakenOverException other && leases.raise(job.name(), other.token())) {
      return new Failure(
          false,
          "the table of %s knows of drivers that this ledger does not; type the same again"
              .formatted(job.name()));
    }
    return new Failure(false, String.valueOf(failure.getMessage()));
  }

  private MadeFacts known(AttemptRow attempt) {
    return landed
        .apply(attempt)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The commit of %s is not in the log of %s"
                        .formatted(attempt.id(), attempt.job())));
  }

  private AttemptRow attempt(TableUndo undo, RunRow row, String task) {
    return AttemptRow.begun(
        task + ".1",
        row.id(),
        task,
        undo.job().name().toString(),
        undo.touched(),
        definition(undo),
        undo.base(),
        clock.instant());
  }

  private TableRestore restore(TableUndo undo, long token) {
    return new TableRestore(
        undo.job(),
        new Fence(undo.job().name().toString(), token),
        lake.path(undo.job().name()),
        undo.base(),
        undo.undone().version(),
        undo.needsOldFiles(),
        undo.parts(),
        lake.time());
  }

  /**
   * What the inputs and the source hold now is no reason to make the intervals again: else the next
   * run would do what was undone.
   */
  private Receipt receipt(TableUndo undo, String run, AttemptRow attempt) {
    Job job = undo.job();
    List<Interval> intervals = undo.made().stream().map(Receipt.Made::interval).toList();
    Map<Interval, String> now = checksums.apply(job, intervals);
    List<String> sources =
        now.keySet().containsAll(intervals)
            ? intervals.stream().map(interval -> now.getOrDefault(interval, "")).toList()
            : List.of();
    return new Receipt(
        lake.name(),
        job.name().toString(),
        run,
        attempt.id(),
        definition(undo),
        reads(job),
        undo.made(),
        sources,
        "",
        false,
        Optional.of(undo.undone()));
  }

  /** By which the newest of the intervals was made; the job's own where none is left. */
  private static String definition(TableUndo undo) {
    List<Undone.Origin> origins = undo.undone().origins();
    return origins.isEmpty()
        ? undo.job().fingerprint()
        : origins.get(origins.size() - 1).definition();
  }

  private Map<String, Long> reads(Job job) {
    Map<String, Long> reads = new HashMap<>();
    for (TableName input : job.inputs().keySet()) {
      OptionalLong latest = TableLog.at(lake.path(input), lake.spark()).latest();
      if (!input.equals(job.name()) && latest.isPresent()) {
        reads.put(input.toString(), latest.getAsLong());
      }
    }
    return reads;
  }
}
