package io.sluice.run;

import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.RunRow;
import io.sluice.survey.Receipts;
import io.sluice.time.IntervalSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Ends what dead runs left open, from the receipts in the tables' logs: called before a plan is
 * drawn up.
 *
 * @param isDead whether a holder is a process of this machine that is no more
 * @param forget takes away what an attempt without receipt left beside its table
 */
public record Settling(
    Lake lake,
    Ledger ledger,
    Receipts receipts,
    Clock clock,
    Predicate<String> isDead,
    Consumer<AttemptRow> forget) {

  /** How many of the newest runs are looked at. */
  private static final int RUNS = 1000;

  private static final String CAUSE = "the run ended without a word: killed, or the machine died";

  private static final String TAKEN =
      "its driver stood still or died, and another one took the job over";

  /** A run on another machine that is at nothing any more may still be at its plan. */
  private static final Duration LONG = Duration.ofDays(1);

  /** As a shell tells it of a killed process. */
  private static final int KILLED = 137;

  /**
   * @param landed attempts whose commit was in their table
   * @param interrupted those that left nothing there
   */
  public record Settled(List<AttemptRow> landed, List<AttemptRow> interrupted) {
    public Settled {
      landed = List.copyOf(landed);
      interrupted = List.copyOf(interrupted);
    }
  }

  public Settled settle() {
    Instant now = clock.instant();
    // Runs before attempts: of a run that is not among them yet, nothing is settled.
    Map<String, RunRow> runs =
        ledger.runs(RUNS).stream().collect(Collectors.toMap(RunRow::id, Function.identity()));
    List<AttemptRow> landed = new ArrayList<>();
    List<AttemptRow> interrupted = new ArrayList<>();
    for (AttemptRow attempt : ledger.openAttempts()) {
      Optional<RunRow> run = Optional.ofNullable(runs.get(attempt.run()));
      if (run.isEmpty()) {
        continue;
      }
      boolean isOver = isOver(run.get()) || !isKnown(attempt.job());
      if ((isOver || !isHeld(attempt.job(), run.get(), now)) && hasLanded(attempt)) {
        landed.add(attempt);
      } else if (isOver) {
        interrupt(attempt, CAUSE);
        interrupted.add(attempt);
      }
    }
    endRuns(runs.values(), now);
    return new Settled(landed, interrupted);
  }

  /**
   * Ends what other runs left open at a job, whose table takes nothing of them any more.
   *
   * @param own run that is not meant
   */
  public void settle(TableName job, String own) {
    for (AttemptRow attempt : ledger.openAttempts()) {
      boolean isOthers = attempt.job().equals(job.toString()) && !attempt.run().equals(own);
      if (isOthers && !hasLanded(attempt)) {
        interrupt(attempt, TAKEN);
      }
    }
  }

  /** Its process is no more; of one that only stands still this can't be known from here. */
  private boolean isOver(RunRow run) {
    return run.endedAt().isPresent() || isDead.test(run.holder());
  }

  private boolean isKnown(String job) {
    return TableName.parse(job).filter(lake.jobs()::containsKey).isPresent();
  }

  private boolean isHeld(String job, RunRow run, Instant now) {
    return ledger.leaseHolder(job, ledger.now(now)).equals(Optional.of(run.holder()));
  }

  private void endRuns(Collection<RunRow> runs, Instant now) {
    Set<String> open =
        ledger.openAttempts().stream().map(AttemptRow::run).collect(Collectors.toSet());
    for (RunRow run : runs) {
      if (run.endedAt().isPresent()) {
        continue;
      }
      if (isDead.test(run.holder())) {
        // What it held need not be taken over: it can publish nothing.
        lake.jobs().keySet().forEach(job -> ledger.release(job.toString(), run.holder()));
        ledger.runEnded(run.id(), now, KILLED, CAUSE);
      } else if (run.startedAt().isBefore(now.minus(LONG))
          && !open.contains(run.id())
          && lake.jobs().keySet().stream().noneMatch(job -> isHeld(job.toString(), run, now))) {
        ledger.runEnded(run.id(), now, KILLED, CAUSE);
      }
    }
  }

  private boolean hasLanded(AttemptRow attempt) {
    boolean landed = receipts.landed(attempt).isPresent();
    if (landed) {
      Keeping.keep(ledger, clock, attempt.id(), () -> receipts.landed(attempt).orElseThrow());
      ledger.taskEnded(attempt.task(), clock.instant(), "made", "settled from the receipt");
    }
    return landed;
  }

  private void interrupt(AttemptRow attempt, String cause) {
    ledger.attemptFailed(attempt.id(), clock.instant(), "interrupted", cause, IntervalSet.EMPTY);
    ledger.taskEnded(attempt.task(), clock.instant(), "failed", cause);
    forget.accept(attempt);
  }
}
