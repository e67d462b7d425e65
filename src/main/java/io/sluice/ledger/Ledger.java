package io.sluice.ledger;

import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The state database. Every method is one transaction and may be called from many threads and, on
 * the same database, from many processes.
 */
public interface Ledger extends AutoCloseable {

  // ---- what planning reads

  /** Facts of all jobs that have any, by {@code layer.table}. */
  Map<String, JobFacts> facts();

  /** Facts of one job; {@link JobFacts#none} where there are none. */
  JobFacts facts(String job);

  /** Items that intervals of the job were made from, of intervals that overlap the span. */
  Map<Interval, List<SourceItem>> sourceItems(String job, Interval span);

  /** The interval that each of these items was made in, or first seen in; others are left out. */
  Map<String, Interval> firstSeen(String job, Set<String> itemIds);

  /** Remembers the interval of items that do not say it themselves; a known item keeps its own. */
  void see(String job, Map<String, Interval> items);

  // ---- what a run writes

  void runStarted(RunRow run);

  /**
   * @param exit the process's exit code
   */
  void runEnded(String run, Instant at, int exit, String lastLine);

  void taskStarted(TaskRow task);

  /**
   * @param state {@code made}, {@code failed}, {@code skipped}, {@code unchanged} or {@code
   *     cancelled}
   */
  void taskEnded(String task, Instant at, String state, String message);

  void attemptStarted(AttemptRow attempt);

  /**
   * Ends an attempt that published nothing, and marks its intervals failed where {@code failed} has
   * them. An attempt that is known to be made stays so, without marks.
   *
   * @param failureClass {@code interrupted} and {@code cancelled} make the attempt's state {@code
   *     interrupted}, all others {@code failed}
   */
  void attemptFailed(
      String attempt, Instant at, String failureClass, String message, IntervalSet failed);

  /**
   * Ends an attempt whose commit is in the table. In one transaction: its intervals are made by
   * this definition and no more failed, stale, or early but for {@code early}; items, counts and
   * positions are kept. What was forced after the attempt began stays so. An interval that an
   * attempt which began later has published since, in a newer version, keeps what that one told.
   * What the attempt refused to publish is marked failed. Telling the same attempt again does
   * nothing; one that was never started is entered as its receipt has it, with its run and task:
   * {@code at} is the moment of its commit then.
   *
   * <p>Positions. Let {@code p} be the job's position in an input's log (-1 for none), and {@code
   * Touched(from, to, marks)} what the caller read, with {@code to} the version that the attempt
   * read the input at:
   *
   * <ul>
   *   <li>{@code p == to}: nobody missed anything; {@code marks} are not needed.
   *   <li>{@code p == from < to}: {@code marks} that lie on made intervals not of this task become
   *       stale, and the position becomes {@code to}.
   *   <li>{@code p == from > to}: others have read on while the attempt worked. {@code marks} are
   *       of the commits in {@code (to, from]}; those on this task's intervals become stale, and
   *       the position stays.
   *   <li>{@code p < from < to}: as {@code p == from}, but the position stays, so that the commits
   *       in between are read by the next plan.
   *   <li>all others: somebody moved the position in between. {@link StalePosition}, and nothing is
   *       written.
   * </ul>
   *
   * An input without an entry in {@code touched} is not looked at: its position stays. The job's
   * own position moves to the new version where it was the one before it.
   *
   * @throws StalePosition where {@code touched} must be worked out anew, from the positions it says
   */
  void attemptMade(String attempt, Instant at, MadeFacts made);

  /**
   * Reads on: the log of {@code input} is known to the job up to {@code version}, and what of these
   * intervals is made is stale by it. Nothing happens where the position is no longer {@code
   * expected} (empty: none yet); then false.
   */
  boolean advance(
      String job, String input, Optional<Long> expected, long version, List<JobFacts.Mark> marks);

  /** Marks intervals, made or not, to be made again by the next run. */
  void force(String job, IntervalSet intervals, String cause);

  /** As below, of what happens now. */
  default void accept(
      String job,
      IntervalSet intervals,
      String definition,
      String reason,
      Instant at,
      Map<Interval, List<SourceItem>> items) {
    accept(
        new Accepted(
            "accept-" + UUID.randomUUID(), job, intervals, definition, reason, at, -1, items));
  }

  /** As above, of a job without source items. */
  default void accept(
      String job, IntervalSet intervals, String definition, String reason, Instant at) {
    accept(job, intervals, definition, reason, at, Map.of());
  }

  /**
   * Counts intervals as made, with a reason that the history keeps as an attempt {@code accepted};
   * clears their marks. What was published since, in a newer version, keeps what that one told.
   * Telling the same again does nothing.
   */
  void accept(Accepted accepted);

  /**
   * Does all of it in one transaction. The work may be done again from its start, where the
   * database asks for that.
   */
  default void together(Runnable work) {
    work.run();
  }

  /** Remembers how many intervals of the job were not too much at once. */
  void fits(String job, Fit fit);

  // ---- leases

  /**
   * The moment by the clock that all drivers of this ledger share: the database's, where they may
   * be on many machines.
   *
   * @param here the moment by this driver's clock
   */
  Instant now(Instant here);

  /**
   * Takes the lease of a job for a holder; empty where another holds it and it has not expired. Who
   * holds it has it for longer.
   *
   * @param now as {@link #now} has it
   */
  Optional<Lease> take(String job, String holder, Instant now, Duration time);

  /** As {@link #take}, of who commits nothing that another could have done meanwhile. */
  default boolean lease(String job, String holder, Instant now, Duration time) {
    return take(job, holder, now, time).isPresent();
  }

  /** False where another has taken it since. */
  boolean renew(Lease lease, String holder, Instant now, Duration time);

  void release(String job, String holder);

  /**
   * Somebody with another ledger has made the job, and may be at it still: its next lease is one
   * that was taken from them, under a token that is above theirs.
   */
  void distrust(String job, Instant now);

  /** The job's table takes no commit any more of whom this lease was taken from. */
  void fenced(Lease lease);

  /**
   * Counts the token of the holder's lease up to more than this, which another ledger gave out;
   * empty where the lease is another's.
   */
  Optional<Lease> raise(String job, String holder, long above);

  /** Who took the lease of the job last, though it may have been given back since. */
  Optional<String> lastHolder(String job);

  /** Who holds the lease of the job at this moment. */
  Optional<String> leaseHolder(String job, Instant now);

  // ---- settling and history

  Optional<AttemptRow> attempt(String id);

  /**
   * Attempts of the job that published something, and those by which intervals were accepted, in
   * the order of their versions and then of their ends.
   */
  List<AttemptRow> published(String job);

  Optional<RunRow> run(String id);

  /** Runs without an end, oldest first. */
  List<RunRow> openRuns();

  /** Attempts without an end, of all runs or those of dead ones alike. */
  List<AttemptRow> openAttempts();

  /** Newest first. */
  List<RunRow> runs(int newest);

  /** Tasks of the run, in the order in which they started. */
  List<TaskRow> tasks(String run);

  /** Attempts of the run, in the order in which they started. */
  List<AttemptRow> attempts(String run);

  /** Attempts at the job whose intervals overlap the span, newest first. */
  List<AttemptRow> attemptsAt(String job, Interval span, int newest);

  /** Quarantined rows by interval, of intervals that have any, by the attempt that made them. */
  List<QuarantineRow> quarantined(Optional<String> job);

  @Override
  void close();
}
