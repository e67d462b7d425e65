package io.sluice.run;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.Fit;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.LedgerException;
import io.sluice.ledger.MadeFacts;
import io.sluice.ledger.RunRow;
import io.sluice.ledger.TaskRow;
import io.sluice.survey.Receipts;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Ends what dead runs left open, from the receipts in the tables' logs: called before a plan is
 * drawn up, and for a job when its lease was taken over. Each step may be the last that is done,
 * and be done again at the next start.
 *
 * @param isDead whether a holder is a process of this machine that is no more
 */
public record Settling(
    Lake lake,
    Ledger ledger,
    Receipts receipts,
    Clock clock,
    Predicate<String> isDead,
    Leavings leavings) {

  /** A run of another machine of which nothing was heard for so long, and that is at nothing. */
  static final Duration SILENCE = Duration.ofHours(1);

  private static final String CAUSE = "the run ended without a word: killed, or the machine died";

  private static final String NOT_KNOWN =
      "the run ended before it was known whether this was published: it was not";

  private static final String TAKEN =
      "its driver stood still or died, and another one took the job over";

  /** As a shell tells it of a killed process. */
  private static final int KILLED = 137;

  /** Takes away what dead attempts left beside their tables. */
  @FunctionalInterface
  public interface Leavings {

    /**
     * @param landed whether its commit is in the table: what that one names stays
     */
    void remove(AttemptRow attempt, boolean landed);
  }

  /**
   * @param landed attempts whose commit was in their table
   * @param interrupted those that left nothing there
   * @param notes of attempts that stay open until the next start, and why
   */
  public record Settled(List<AttemptRow> landed, List<AttemptRow> interrupted, List<String> notes) {
    public Settled {
      landed = List.copyOf(landed);
      interrupted = List.copyOf(interrupted);
      notes = List.copyOf(notes);
    }
  }

  /** All that dead runs left. */
  public Settled settle() {
    Instant now = clock.instant();
    List<RunRow> runs = ledger.openRuns();
    Progress progress = new Progress();
    for (AttemptRow attempt : ledger.openAttempts()) {
      boolean isOver = isOver(attempt, now);
      if (isOver || !isHeld(attempt, now)) {
        boolean hasEnded = ledger.run(attempt.run()).flatMap(RunRow::endedAt).isPresent();
        settle(attempt, isOver, hasEnded ? NOT_KNOWN : CAUSE, progress);
      }
    }
    runs.stream()
        .filter(run -> isDead.test(run.holder()) || isSilent(run, now))
        .forEach(run -> end(run, progress.unknown));
    return progress.settled();
  }

  /**
   * Ends what other runs left open at a job, which can publish nothing of it any more.
   *
   * @param own run that is not meant
   * @throws IllegalStateException where it is not known what became of one of them
   */
  public Settled settle(TableName job, String own) {
    Progress progress = new Progress();
    for (AttemptRow attempt : ledger.openAttempts()) {
      if (attempt.job().equals(job.toString()) && !attempt.run().equals(own)) {
        settle(attempt, true, TAKEN, progress);
      }
    }
    if (!progress.notes.isEmpty()) {
      // To make the job now may be to make again what is made.
      throw new IllegalStateException(String.join("; ", progress.notes));
    }
    return progress.settled();
  }

  /**
   * One that can't be settled is no reason to leave the others, or not to run.
   *
   * @param isOver whether nobody is at it any more: else it is ended only where it has landed
   */
  private void settle(AttemptRow attempt, boolean isOver, String cause, Progress progress) {
    try {
      Optional<MadeFacts> facts = receipts.landed(attempt);
      if (facts.isPresent()) {
        keep(attempt, facts.get());
        progress.landed.add(attempt);
      } else if (isOver) {
        Optional<String> tooMuch = cause.equals(CAUSE) ? halve(attempt) : Optional.empty();
        interrupt(attempt, cause);
        progress.interrupted.add(attempt);
        tooMuch.ifPresent(progress.notes::add);
      }
    } catch (LedgerException e) {
      throw e;
    } catch (RuntimeException e) {
      progress.unknown.add(attempt.job());
      progress.notes.add(
          "%s %s: what attempt %s of a dead run did can't be settled yet: %s"
              .formatted(attempt.job(), named(attempt), attempt.id(), e.getMessage()));
    }
  }

  /**
   * A driver that the machine kills for its memory says nothing of it; who died twice at the same
   * intervals has less to make at once from now on.
   */
  private Optional<String> halve(AttemptRow attempt) {
    Optional<Job> job = TableName.parse(attempt.job()).flatMap(lake::find);
    List<Interval> intervals =
        job.map(of -> attempt.intervals().split(of.every())).orElse(List.of());
    if (intervals.size() < 2) {
      return Optional.empty();
    }
    boolean isSecond =
        ledger.attemptsAt(attempt.job(), attempt.intervals().span().orElseThrow(), 2).stream()
            .filter(before -> !before.id().equals(attempt.id()))
            .findFirst()
            .filter(before -> before.intervals().equals(attempt.intervals()))
            .filter(before -> before.message().equals(CAUSE))
            .isPresent();
    if (!isSecond) {
      return Optional.empty();
    }
    int half = intervals.size() / 2;
    Job of = job.orElseThrow();
    ledger.fits(attempt.job(), new Fit(of.fingerprint(), of.effort().batch(), half));
    return Optional.of(
        "%s: two runs were killed at %d intervals at once; no more than %d are tried from now on, until its definition or batch changes"
            .formatted(attempt.job(), intervals.size(), half));
  }

  /** What was settled so far. */
  private static final class Progress {
    private final List<AttemptRow> landed = new ArrayList<>();
    private final List<AttemptRow> interrupted = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Jobs of which it is not known what dead runs made: their leases are not given back. */
    private final Set<String> unknown = new HashSet<>();

    Settled settled() {
      return new Settled(landed, interrupted, notes);
    }
  }

  private String named(AttemptRow attempt) {
    return TableName.parse(attempt.job())
        .flatMap(lake::find)
        .map(job -> job.every().name(attempt.intervals()))
        .orElseGet(attempt.intervals()::toString);
  }

  /**
   * Its process is no more; of one that only stands still, on another machine, this can't be known
   * from here. What no run, or no job, is known of, nobody can be at without a lease.
   */
  private boolean isOver(AttemptRow attempt, Instant now) {
    Optional<RunRow> run = ledger.run(attempt.run());
    boolean isKnown = TableName.parse(attempt.job()).flatMap(lake::find).isPresent();
    if (run.isEmpty() || !isKnown) {
      return ledger.leaseHolder(attempt.job(), ledger.now(now)).isEmpty();
    }
    return run.get().endedAt().isPresent() || isDead.test(run.get().holder());
  }

  private boolean isHeld(AttemptRow attempt, Instant now) {
    Optional<String> holder = ledger.leaseHolder(attempt.job(), ledger.now(now));
    return holder.isPresent() && holder.equals(ledger.run(attempt.run()).map(RunRow::holder));
  }

  /** Between two attempts a run holds no lease, but not for long. */
  private boolean isSilent(RunRow run, Instant now) {
    List<AttemptRow> attempts = ledger.attempts(run.id());
    Instant heard =
        attempts.stream()
            .flatMap(attempt -> Stream.of(attempt.startedAt(), attempt.endedAt().orElse(now)))
            .reduce(run.startedAt(), (a, b) -> a.isAfter(b) ? a : b);
    return heard.plus(SILENCE).isBefore(now)
        && lake.jobs().keySet().stream()
            .noneMatch(
                job ->
                    ledger
                        .leaseHolder(job.toString(), ledger.now(now))
                        .equals(Optional.of(run.holder())));
  }

  private void end(RunRow run, Set<String> unknown) {
    if (isDead.test(run.holder())) {
      // Of one that may only stand still they are left to be taken over.
      lake.jobs().keySet().stream()
          .map(TableName::toString)
          .filter(job -> !unknown.contains(job))
          .forEach(job -> ledger.release(job, run.holder()));
    }
    List<AttemptRow> attempts = ledger.attempts(run.id());
    for (TaskRow task : ledger.tasks(run.id())) {
      if (task.endedAt().isEmpty()) {
        boolean made =
            attempts.stream()
                .filter(attempt -> attempt.task().equals(task.id()))
                .reduce((before, last) -> last)
                .filter(last -> last.state().equals("made"))
                .isPresent();
        ledger.taskEnded(task.id(), clock.instant(), made ? "made" : "failed", made ? "" : CAUSE);
      }
    }
    ledger.runEnded(run.id(), clock.instant(), KILLED, CAUSE);
  }

  /** In both cases its row is ended last: until then the next start begins again. */
  private void keep(AttemptRow attempt, MadeFacts facts) {
    leavings.remove(attempt, true);
    Keeping.keep(ledger, clock, attempt.id(), facts, () -> receipts.landed(attempt).orElseThrow());
    ledger.taskEnded(attempt.task(), clock.instant(), "made", "settled from the receipt");
    giveBack(attempt);
  }

  /** A run that ended without knowing what became of an attempt kept the lease of its job. */
  private void giveBack(AttemptRow attempt) {
    boolean hasMore =
        ledger.openAttempts().stream()
            .anyMatch(open -> open.run().equals(attempt.run()) && open.job().equals(attempt.job()));
    ledger
        .run(attempt.run())
        .filter(run -> run.endedAt().isPresent() && !hasMore)
        .ifPresent(run -> ledger.release(attempt.job(), run.holder()));
  }

  private void interrupt(AttemptRow attempt, String cause) {
    leavings.remove(attempt, false);
    ledger.taskEnded(attempt.task(), clock.instant(), "failed", cause);
    ledger.attemptFailed(attempt.id(), clock.instant(), "interrupted", cause, IntervalSet.EMPTY);
    giveBack(attempt);
  }
}
