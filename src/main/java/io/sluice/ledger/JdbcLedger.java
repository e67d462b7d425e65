package io.sluice.ledger;

import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ledger in a database: each method a transaction, its parts in classes of their own. */
final class JdbcLedger implements Ledger {

  private static final Set<String> INTERRUPTIONS = Set.of("interrupted", "cancelled");

  private final Database database;
  private final String forUpdate;
  private final Dialect.Now clock;

  JdbcLedger(Database database, String forUpdate, Dialect.Now clock) {
    this.database = database;
    this.forUpdate = forUpdate;
    this.clock = clock;
  }

  @Override
  public Map<String, JobFacts> facts() {
    return database.read(transaction -> new FactsReader(transaction).read());
  }

  @Override
  public JobFacts facts(String job) {
    return database.read(
        transaction ->
            new FactsReader(transaction).read(job).getOrDefault(job, JobFacts.none(job)));
  }

  @Override
  public Map<Interval, List<SourceItem>> sourceItems(String job, Interval span) {
    return database.read(transaction -> new SourceItems(transaction).of(job, span));
  }

  @Override
  public Map<String, Interval> firstSeen(String job, Set<String> itemIds) {
    return database.read(transaction -> new SourceItems(transaction).firstSeen(job, itemIds));
  }

  @Override
  public void see(String job, Map<String, Interval> items) {
    if (!firstSeen(job, items.keySet()).keySet().containsAll(items.keySet())) {
      database.change(
          transaction -> {
            lock(transaction, job);
            new SourceItems(transaction).see(job, items);
          });
    }
  }

  @Override
  public void runStarted(RunRow run) {
    database.change(transaction -> new History(transaction).started(run));
  }

  @Override
  public void runEnded(String run, Instant at, int exit, String lastLine) {
    database.change(transaction -> new History(transaction).runEnded(run, at, exit, lastLine));
  }

  @Override
  public void taskStarted(TaskRow task) {
    database.change(transaction -> new History(transaction).started(task));
  }

  @Override
  public void taskEnded(String task, Instant at, String state, String message) {
    database.change(transaction -> new History(transaction).taskEnded(task, at, state, message));
  }

  @Override
  public void attemptStarted(AttemptRow attempt) {
    database.change(transaction -> new Attempts(transaction).started(attempt));
  }

  @Override
  public void attemptFailed(
      String attempt, Instant at, String failureClass, String message, IntervalSet failed) {
    String state = INTERRUPTIONS.contains(failureClass) ? "interrupted" : "failed";
    database.change(
        transaction -> {
          Attempts attempts = new Attempts(transaction);
          AttemptRow known =
              attempts
                  .find(attempt)
                  .orElseThrow(() -> new LedgerException("No attempt " + attempt + " was started"))
                  .attempt();
          lock(transaction, known.job());
          if (attempts.failed(attempt, at, state, failureClass, message) && !failed.isEmpty()) {
            new Deviations(transaction).add(known.job(), Deviations.Fact.failed(), failed);
          }
        });
  }

  @Override
  public void attemptMade(String attempt, Instant at, MadeFacts made) {
    database.change(
        transaction ->
            new Publication(transaction, lock(transaction, made.receipt().job()))
                .take(attempt, at, made));
  }

  @Override
  public boolean advance(
      String job, String input, Optional<Long> expected, long version, List<JobFacts.Mark> marks) {
    return database.write(
        transaction -> {
          lock(transaction, job);
          Positions positions = new Positions(transaction);
          if (!positions.of(job, input).equals(expected)) {
            return false;
          }
          positions.set(job, input, version);
          IntervalSet made = new MadeRanges(transaction).of(job);
          new Deviations(transaction).addMarks(job, marks, made, IntervalSet.EMPTY);
          return true;
        });
  }

  @Override
  public void force(String job, IntervalSet intervals, String cause) {
    database.change(
        transaction -> {
          long count = lock(transaction, job).nextForced(job);
          new Deviations(transaction).add(job, Deviations.Fact.forced(cause, count), intervals);
        });
  }

  @Override
  public void accept(Accepted accepted) {
    if (accepted.intervals().isEmpty()) {
      return;
    }
    database.change(
        transaction ->
            new Acceptances(transaction, lock(transaction, accepted.job())).take(accepted));
  }

  @Override
  public void together(Runnable work) {
    database.together(work);
  }

  @Override
  public void fits(String job, Fit fit) {
    database.change(
        transaction ->
            transaction.update(
                """
                INSERT INTO fit (job, definition, batch, intervals) VALUES (?, ?, ?, ?)
                ON CONFLICT (job) DO UPDATE SET definition = excluded.definition,
                  batch = excluded.batch, intervals = excluded.intervals""",
                job,
                fit.definition(),
                fit.batch(),
                fit.intervals()));
  }

  @Override
  public Instant now(Instant here) {
    return database.read(transaction -> clock.now(transaction, here));
  }

  @Override
  public Optional<Lease> take(String job, String holder, Instant now, Duration time) {
    return database.write(transaction -> new Leases(transaction).take(job, holder, now, time));
  }

  @Override
  public boolean renew(Lease lease, String holder, Instant now, Duration time) {
    return database.write(transaction -> new Leases(transaction).renew(lease, holder, now, time));
  }

  @Override
  public void release(String job, String holder) {
    database.change(transaction -> new Leases(transaction).release(job, holder));
  }

  @Override
  public void distrust(String job, Instant now) {
    database.change(transaction -> new Leases(transaction).distrust(job, now));
  }

  @Override
  public void fenced(Lease lease) {
    database.change(transaction -> new Leases(transaction).fenced(lease));
  }

  @Override
  public Optional<Lease> raise(String job, String holder, long above) {
    return database.write(transaction -> new Leases(transaction).raise(job, holder, above));
  }

  @Override
  public Optional<String> lastHolder(String job) {
    return database.read(transaction -> new Leases(transaction).lastHolder(job));
  }

  @Override
  public Optional<String> leaseHolder(String job, Instant now) {
    return database.read(transaction -> new Leases(transaction).holder(job, now));
  }

  @Override
  public Optional<AttemptRow> attempt(String id) {
    return database.read(
        transaction -> new Attempts(transaction).find(id).map(Attempts.Begun::attempt));
  }

  @Override
  public List<AttemptRow> published(String job) {
    return database.read(transaction -> new Attempts(transaction).published(job));
  }

  @Override
  public Optional<RunRow> run(String id) {
    return database.read(transaction -> new History(transaction).run(id));
  }

  @Override
  public List<RunRow> openRuns() {
    return database.read(transaction -> new History(transaction).openRuns());
  }

  @Override
  public List<AttemptRow> openAttempts() {
    return database.read(transaction -> new History(transaction).openAttempts());
  }

  @Override
  public List<RunRow> runs(int newest) {
    return database.read(transaction -> new History(transaction).runs(newest));
  }

  @Override
  public List<TaskRow> tasks(String run) {
    return database.read(transaction -> new History(transaction).tasks(run));
  }

  @Override
  public List<AttemptRow> attempts(String run) {
    return database.read(transaction -> new History(transaction).attempts(run));
  }

  @Override
  public List<AttemptRow> attemptsAt(String job, Interval span, int newest) {
    return database.read(transaction -> new History(transaction).attemptsAt(job, span, newest));
  }

  @Override
  public List<QuarantineRow> quarantined(Optional<String> job) {
    return database.read(transaction -> new QuarantineCounts(transaction).of(job));
  }

  @Override
  public void close() {
    database.close();
  }

  private JobRows lock(Transaction transaction, String job) throws SQLException {
    JobRows jobs = new JobRows(transaction, forUpdate);
    jobs.lock(job);
    return jobs;
  }
}
