package io.sluice.run;

import io.sluice.lake.Job;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.LedgerException;
import io.sluice.ledger.MadeFacts;
import io.sluice.task.Advice;
import io.sluice.task.FailureClass;
import io.sluice.task.Outcome;
import io.sluice.task.TaskOrder;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** One try at a part, with its rows in the ledger. */
final class Attempt {
  private final Desk desk;
  private final Job job;
  private final List<Interval> intervals;
  private final String id;
  private final long token;
  private final Instant startedAt;
  private Map<String, IntervalSet> early = Map.of();
  private Optional<Outcome> unreadable = Optional.empty();

  private Attempt(Desk desk, Job job, List<Interval> intervals, String id, long token) {
    this.desk = desk;
    this.job = job;
    this.intervals = intervals;
    this.id = id;
    this.token = token;
    this.startedAt = desk.now();
  }

  /**
   * @param token of the lease that is held
   */
  static Attempt start(
      Desk desk, Job job, List<Interval> intervals, String task, int number, long token) {
    Attempt attempt = new Attempt(desk, job, intervals, task + "." + number, token);
    desk.ledger()
        .attemptStarted(
            AttemptRow.begun(
                attempt.id,
                desk.run(),
                task,
                job.name().toString(),
                IntervalSet.of(intervals),
                job.fingerprint(),
                attempt.look(),
                attempt.startedAt));
    return attempt;
  }

  /** The version from which it begins; a table that can't be looked at fails its own job alone. */
  private long look() {
    try {
      early = desk.reading().early(job, intervals);
      long base = desk.reading().version(job);
      if (base >= 0) {
        desk.board().isStored(job.name());
      }
      return base;
    } catch (LedgerException e) {
      throw e;
    } catch (RuntimeException e) {
      FailureClass kind = FailureClass.ofLook(e);
      String message =
          "the log of the table or of an input can't be read: " + e.getMessage() + Advice.on(e);
      // It would be the same with fewer of them.
      List<Interval> culprits = kind == FailureClass.DEFINITE ? intervals : List.of();
      unreadable = Optional.of(new Outcome.Failed(kind, message, culprits, e));
      return -1;
    }
  }

  String id() {
    return id;
  }

  Duration elapsed() {
    return Duration.between(startedAt, desk.now());
  }

  Outcome make() {
    return unreadable.orElseGet(this::makeInTime);
  }

  private Outcome makeInTime() {
    AtomicBoolean timedOut = new AtomicBoolean();
    Runnable stop =
        () -> {
          timedOut.set(true);
          desk.maker().cancel(id);
        };
    Optional<Pace.Timer> timer =
        job.effort().timeout().map(time -> desk.pace().timers().after(time, stop));
    Outcome outcome;
    try {
      outcome =
          desk.stop().begin(id, job.name())
              ? desk.maker()
                  .make(new TaskOrder(job, intervals, desk.run(), id, false, Optional.of(token)))
              : failed(FailureClass.CANCELLED, "stopped before it began");
    } catch (OutOfMemoryError e) {
      outcome = new Outcome.Failed(FailureClass.RESOURCE, "out of memory", List.of(), e, true);
    } catch (RuntimeException | Error e) {
      // No maker throws because of an interval.
      outcome = new Outcome.Failed(FailureClass.DEFINITE, e.toString(), intervals, e, true);
    } finally {
      desk.stop().end(id);
      timer.ifPresent(Pace.Timer::close);
    }
    return timedOut.get() && outcome instanceof Outcome.Failed failed ? tooLong(failed) : outcome;
  }

  /** How it ended, where it was not known; empty where it still is not. */
  Optional<Outcome> ask(Outcome.Unknown unknown) {
    try {
      return Optional.of(unknown.ask().get());
    } catch (RuntimeException e) {
      unknown.cause().addSuppressed(e);
      return Optional.empty();
    }
  }

  /** Keeps what was made; until then a crash leaves it to the receipt. */
  void made(Outcome.Made made) {
    Keeping.keep(
        desk.ledger(),
        desk.pace().clock(),
        id,
        () -> withRefused(desk.reading().facts(job, made, early), made.refused()));
  }

  private static MadeFacts withRefused(MadeFacts facts, List<Outcome.Refused> refused) {
    return refused.isEmpty()
        ? facts
        : facts.without(
            new MadeFacts.Refused(
                IntervalSet.of(refused.stream().flatMap(one -> one.intervals().stream()).toList()),
                FailureClass.QUALITY.word(),
                refused.stream().map(Outcome.Refused::message).collect(Collectors.joining("; "))));
  }

  void failed(String kind, String message, List<Interval> givenUp) {
    desk.ledger().attemptFailed(id, desk.now(), kind, message, IntervalSet.of(givenUp));
  }

  private Outcome tooLong(Outcome.Failed stopped) {
    Duration time = job.effort().timeout().orElseThrow();
    String message =
        "took longer than its timeout of %d s; raise timeout or lower batch in %s"
            .formatted(time.toSeconds(), job.origin());
    return new Outcome.Failed(
        FailureClass.RESOURCE,
        message,
        List.of(),
        new IllegalStateException(message),
        stopped.mayLandLate());
  }

  private static Outcome failed(FailureClass kind, String message) {
    return new Outcome.Failed(kind, message, List.of(), new IllegalStateException(message));
  }
}
