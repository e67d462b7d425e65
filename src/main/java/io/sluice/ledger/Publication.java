package io.sluice.ledger;

import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.Undone;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Takes over what a published attempt tells; the job is locked. */
record Publication(Transaction transaction, JobRows jobs) {
  private static final String UNKNOWN = "not known any more";
  private static final String FROM_RECEIPTS = "entered from the receipts in the tables";

  void take(String attempt, Instant at, MadeFacts facts) throws SQLException {
    Receipt receipt = facts.receipt();
    String job = receipt.job();
    Attempts attempts = new Attempts(transaction);
    Optional<Attempts.Begun> begun = attempts.find(attempt);
    if (begun.filter(known -> known.attempt().state().equals("made")).isPresent()) {
      return;
    }
    Positions positions = new Positions(transaction);
    Map<String, Long> moved = positions.stale(job, facts.touched());
    if (!moved.isEmpty()) {
      throw new StalePosition(job, moved);
    }
    IntervalSet task = receipt.intervals();
    IntervalSet overtaken =
        begun.isPresent()
            ? attempts.madeSince(begun.get().attempt(), facts.version())
            : attempts.madeSince(job, facts.version(), "ended_at", at);
    if (begun.filter(known -> known.attempt().hasFailed()).isPresent()) {
      overtaken = onwards(overtaken);
    }
    IntervalSet own = task.minus(overtaken);
    makeOwn(attempt, facts, own, begun.map(Attempts.Begun::forced).orElse(Long.MAX_VALUE));
    for (Map.Entry<String, MadeFacts.Touched> touched : facts.touched().entrySet()) {
      readOn(job, touched.getKey(), touched.getValue(), task, own);
    }
    followOwnLog(positions, job, facts.version());
    if (begun.isEmpty()) {
      enter(unknown(attempt, at, facts, task), at);
    }
    attempts.made(attempt, at, facts, task);
    if (facts.refused().isPresent()) {
      new Deviations(transaction)
          .add(
              job,
              Deviations.Fact.failed(),
              facts.refused().get().intervals().minus(task).minus(overtaken));
    }
  }

  /**
   * What landed when its attempt had been given up was not reckoned with by what came after it:
   * that may have taken back all later rows as well, where they follow from each other. To make
   * them again is safe.
   */
  private static IntervalSet onwards(IntervalSet overtaken) {
    return overtaken
        .span()
        .map(span -> IntervalSet.of(new Interval(span.from(), Interval.ALWAYS.to())))
        .orElse(overtaken);
  }

  private void makeOwn(String attempt, MadeFacts facts, IntervalSet own, long forced)
      throws SQLException {
    if (own.isEmpty()) {
      return;
    }
    Receipt receipt = facts.receipt();
    String job = receipt.job();
    if (receipt.undone().isPresent()) {
      putBack(job, own, receipt.undone().get());
    } else {
      jobs.define(job, receipt.definition());
      new MadeRanges(transaction).add(job, own, receipt.definition());
    }
    Deviations deviations = new Deviations(transaction);
    deviations.clear(job, own, forced);
    for (Map.Entry<String, IntervalSet> early : facts.early().entrySet()) {
      deviations.add(job, Deviations.Fact.early(early.getKey()), early.getValue().intersect(own));
    }
    new SourceItems(transaction).replace(job, withItems(receipt, own), facts.items());
    new QuarantineCounts(transaction).replace(attempt, receipt, own);
  }

  /** The newest definition stays what it is: others may have been made by it. */
  private void putBack(String job, IntervalSet own, Undone undone) throws SQLException {
    MadeRanges made = new MadeRanges(transaction);
    made.remove(job, undone.unmade().intersect(own));
    for (Undone.Origin origin : undone.origins()) {
      made.add(job, origin.intervals().intersect(own), origin.definition());
    }
  }

  /** Where an undo could not look at the source, what was read of it last counts as it is. */
  private static IntervalSet withItems(Receipt receipt, IntervalSet own) {
    return receipt
        .undone()
        .filter(undone -> receipt.sources().isEmpty())
        .map(undone -> undone.unmade().intersect(own))
        .orElse(own);
  }

  /** What {@link Ledger#attemptMade} says of positions. */
  private void readOn(
      String job, String input, MadeFacts.Touched touched, IntervalSet task, IntervalSet own)
      throws SQLException {
    Positions positions = new Positions(transaction);
    Deviations deviations = new Deviations(transaction);
    long position = positions.of(job, input).orElse(Positions.NONE);
    if (position == touched.to()) {
      return;
    }
    if (touched.from() > touched.to()) {
      deviations.addMarks(job, touched.marks(), own, IntervalSet.of(Interval.ALWAYS).minus(own));
      return;
    }
    IntervalSet made = new MadeRanges(transaction).of(job);
    deviations.addMarks(job, touched.marks(), made, task);
    if (position == touched.from()) {
      positions.set(job, input, touched.to());
    }
  }

  /** Our own commit needs no reading where nothing lies between it and what was read. */
  private static void followOwnLog(Positions positions, String job, long version)
      throws SQLException {
    if (positions.of(job, job).orElse(Positions.NONE) == version - 1) {
      positions.set(job, job, version);
    }
  }

  /** With its run and task, as far as the receipt tells of them. */
  private void enter(AttemptRow attempt, Instant at) throws SQLException {
    History history = new History(transaction);
    history.started(
        new RunRow(
            attempt.run(), UNKNOWN, "", at, Optional.of(at), Optional.empty(), FROM_RECEIPTS));
    history.runWent(attempt.run(), at);
    if (!attempt.task().isEmpty()) {
      history.started(
          new TaskRow(
              attempt.task(),
              attempt.run(),
              attempt.job(),
              attempt.intervals(),
              UNKNOWN,
              at,
              Optional.of(at),
              "made",
              FROM_RECEIPTS));
    }
    new Attempts(transaction).started(attempt);
  }

  /** An attempt of which nothing is left but its receipt. */
  private static AttemptRow unknown(String id, Instant at, MadeFacts facts, IntervalSet intervals) {
    Receipt receipt = facts.receipt();
    return AttemptRow.begun(
        id,
        receipt.run(),
        id.substring(0, Math.max(0, id.lastIndexOf('.'))),
        receipt.job(),
        intervals,
        receipt.definition(),
        facts.version() - 1,
        at);
  }
}
