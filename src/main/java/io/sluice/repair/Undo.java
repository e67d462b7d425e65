package io.sluice.repair;

import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.TableLog;
import io.sluice.deltalog.Undone;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.MadeFacts;
import io.sluice.ledger.RunRow;
import io.sluice.ledger.StalePosition;
import io.sluice.ledger.TaskRow;
import io.sluice.table.TableRestore;
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
 * @param restorer commits what a table is to hold again
 * @param landed what the log tells of an attempt that has committed
 * @param checksums of what a job's source has of intervals now; none where it can't be looked at
 */
public record Undo(
    Lake lake,
    Ledger ledger,
    Clock clock,
    Restorer restorer,
    Function<AttemptRow, Optional<MadeFacts>> landed,
    BiFunction<Job, List<Interval>, Map<Interval, String>> checksums) {
  private static final int MOST_TRIES = 20;

  /** Gives tables their past back. */
  @FunctionalInterface
  public interface Restorer {
    /**
     * @return the version that the commit made
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
    try (JobLeases leases = new JobLeases(ledger, row.holder(), clock)) {
      List<TableName> jobs = planned.tables().stream().map(undo -> undo.job().name()).toList();
      Optional<String> held = leases.take(jobs);
      ended =
          held.isPresent()
              ? new Ended(List.of(), 4, held.get() + "; try again when it has ended")
              : putBack(planned, planner, row, leases);
    }
    ledger.runEnded(row.id(), clock.instant(), ended.exit(), ended.lastLine());
    return ended;
  }

  private Ended putBack(UndoPlan planned, UndoPlanner planner, RunRow row, JobLeases leases) {
    UndoPlan again = planner.plan(planned.request());
    if (!again.refused().isEmpty() || !again.tables().equals(planned.tables())) {
      return new Ended(
          List.of(), 1, "somebody has written to these tables meanwhile: look again and repeat");
    }
    List<TableUndo> all = planned.tables();
    for (int i = 0; i < all.size(); i++) {
      Optional<String> failure = putBack(all.get(i), row, i + 1, leases);
      if (failure.isPresent()) {
        return new Ended(
            all.subList(0, i),
            i == 0 ? 1 : 3,
            "%d of %d tables put back; %s".formatted(i, all.size(), failure.get()));
      }
    }
    return new Ended(all, 0, UndoText.done(planned));
  }

  /** Empty where it went well. */
  private Optional<String> putBack(TableUndo undo, RunRow row, int number, JobLeases leases) {
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
      if (!leases.isHeld(job.name())) {
        throw new IllegalStateException("another driver has taken the lease of " + job.name());
      }
      restorer.restore(restore(undo), receipt(undo, row.id(), attempt));
    } catch (RuntimeException e) {
      if (landed.apply(attempt).isEmpty()) {
        String message = String.valueOf(e.getMessage());
        ledger.attemptFailed(attempt.id(), clock.instant(), "definite", message, IntervalSet.EMPTY);
        ledger.taskEnded(task, clock.instant(), "failed", message);
        return Optional.of(message);
      }
    }
    keep(attempt);
    ledger.taskEnded(task, clock.instant(), "made", "");
    return Optional.empty();
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

  private TableRestore restore(TableUndo undo) {
    return new TableRestore(
        undo.job(),
        lake.path(undo.job().name()),
        undo.base(),
        undo.undone().version(),
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

  private void keep(AttemptRow attempt) {
    for (int tries = 1; ; tries++) {
      MadeFacts facts =
          landed
              .apply(attempt)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "The commit of %s is not in the log of %s"
                              .formatted(attempt.id(), attempt.job())));
      try {
        ledger.attemptMade(attempt.id(), clock.instant(), facts);
        return;
      } catch (StalePosition moved) {
        if (tries == MOST_TRIES) {
          throw moved;
        }
      }
    }
  }
}
