package io.sluice.ledger;

import io.sluice.deltalog.Receipt;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.util.Optional;

/**
 * One try at a task, or at a part of it.
 *
 * @param baseVersion version of the job's table when it began; -1 where there was none
 * @param state {@code running}, {@code made}, {@code failed}, {@code interrupted} or {@code
 *     accepted}
 * @param definition the job's fingerprint
 * @param failureClass of the whole attempt, or of what a made one left out; empty where all is well
 * @param asked what a source was asked for; empty for others, and where it has items
 * @param published those of the intervals that the commit has; empty where there was none
 * @param unmade what stands no more since its commit: those of the published that an undo put back
 *     to not made, or all else where the table began anew
 */
public record AttemptRow(
    String id,
    String run,
    String task,
    String job,
    IntervalSet intervals,
    String definition,
    long baseVersion,
    Instant startedAt,
    Optional<Instant> endedAt,
    String state,
    String failureClass,
    String message,
    Optional<Long> version,
    long written,
    long quarantined,
    String asked,
    IntervalSet published,
    IntervalSet unmade) {

  /** Of an attempt that put nothing back. */
  public AttemptRow(
      String id,
      String run,
      String task,
      String job,
      IntervalSet intervals,
      String definition,
      long baseVersion,
      Instant startedAt,
      Optional<Instant> endedAt,
      String state,
      String failureClass,
      String message,
      Optional<Long> version,
      long written,
      long quarantined,
      String asked,
      IntervalSet published) {
    this(
        id,
        run,
        task,
        job,
        intervals,
        definition,
        baseVersion,
        startedAt,
        endedAt,
        state,
        failureClass,
        message,
        version,
        written,
        quarantined,
        asked,
        published,
        IntervalSet.EMPTY);
  }

  /** Of an attempt that has just begun. */
  public static AttemptRow begun(
      String id,
      String run,
      String task,
      String job,
      IntervalSet intervals,
      String definition,
      long baseVersion,
      Instant startedAt) {
    return new AttemptRow(
        id,
        run,
        task,
        job,
        intervals,
        definition,
        baseVersion,
        startedAt,
        Optional.empty(),
        "running",
        "",
        "",
        Optional.empty(),
        0,
        0,
        "",
        IntervalSet.EMPTY);
  }

  /** As it is at its end, where it published all or nothing. */
  public AttemptRow ended(Instant at, String how, String failure, String why) {
    return new AttemptRow(
        id,
        run,
        task,
        job,
        intervals,
        definition,
        baseVersion,
        startedAt,
        Optional.of(at),
        how,
        failure,
        why,
        version,
        written,
        quarantined,
        asked,
        how.equals("made") ? intervals : IntervalSet.EMPTY);
  }

  /** As it is when its commit is known. */
  public AttemptRow madeAt(long its, Instant at, Receipt receipt) {
    return new AttemptRow(
        id,
        run,
        task,
        job,
        intervals,
        definition,
        baseVersion,
        startedAt,
        Optional.of(at),
        "made",
        "",
        "",
        Optional.of(its),
        written,
        quarantined,
        asked,
        receipt.intervals(),
        receipt.takenBack());
  }

  /** Those of which there are rows by it. */
  public IntervalSet made() {
    return published.minus(unmade);
  }

  /** What it tried and did not publish; of one that is under way, all. */
  public IntervalSet unpublished() {
    return intervals.minus(published);
  }

  /** Whether it has ended, and by what is known published nothing. */
  public boolean hasFailed() {
    return endedAt.isPresent() && !state.equals("made") && !state.equals("accepted");
  }

  /** Whether it published some of its intervals and left others out. */
  public boolean isMadeInPart() {
    return !published.isEmpty() && !unpublished().isEmpty();
  }
}
