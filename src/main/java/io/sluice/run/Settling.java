package io.sluice.run;

import io.sluice.lake.Lake;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.RunRow;
import io.sluice.survey.Receipts;
import io.sluice.time.IntervalSet;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
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
    Map<Boolean, List<AttemptRow>> byLanding =
        ledger.openAttempts().stream()
            .filter(attempt -> isOver(attempt, Optional.ofNullable(runs.get(attempt.run())), now))
            .collect(Collectors.partitioningBy(this::settle));
    Set<String> dead = new HashSet<>();
    byLanding.values().forEach(rows -> rows.forEach(attempt -> dead.add(attempt.run())));
    runs.values().stream()
        .filter(run -> run.endedAt().isEmpty())
        .filter(run -> dead.contains(run.id()) || isDead.test(run.holder()))
        .forEach(this::end);
    return new Settled(
        byLanding.getOrDefault(true, List.of()), byLanding.getOrDefault(false, List.of()));
  }

  /** Nobody can still be at it: its run has ended, its process is gone, or its lease is. */
  private boolean isOver(AttemptRow attempt, Optional<RunRow> run, Instant now) {
    if (run.isEmpty() || run.get().endedAt().isPresent()) {
      return run.isPresent();
    }
    String holder = run.get().holder();
    if (isDead.test(holder)) {
      return true;
    }
    return !ledger.leaseHolder(attempt.job(), now).equals(Optional.of(holder));
  }

  private void end(RunRow run) {
    lake.jobs().keySet().forEach(job -> ledger.release(job.toString(), run.holder()));
    ledger.runEnded(run.id(), clock.instant(), KILLED, CAUSE);
  }

  private boolean settle(AttemptRow attempt) {
    boolean landed = receipts.landed(attempt).isPresent();
    if (landed) {
      Keeping.keep(ledger, clock, attempt.id(), () -> receipts.landed(attempt).orElseThrow());
      ledger.taskEnded(attempt.task(), clock.instant(), "made", "settled from the receipt");
    } else {
      ledger.attemptFailed(attempt.id(), clock.instant(), "interrupted", CAUSE, IntervalSet.EMPTY);
      ledger.taskEnded(attempt.task(), clock.instant(), "failed", CAUSE);
      forget.accept(attempt);
    }
    return landed;
  }
}
