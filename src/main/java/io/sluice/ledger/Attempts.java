package io.sluice.ledger;

import io.sluice.deltalog.Receipt;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tries at tasks, from their start to their one end. */
record Attempts(Transaction transaction) {

  /** An attempt, and the job's count of forcing when it began. */
  record Begun(AttemptRow attempt, long forced) {}

  void started(AttemptRow attempt) throws SQLException {
    Interval span = attempt.intervals().span().orElse(Interval.ALWAYS);
    transaction.update(
        """
        INSERT INTO attempt (id, run, task, job, intervals, from_at, to_at, definition,
          base_version, started_at, ended_at, state, failure_class, message, version, written,
          quarantined, published, forced)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
          COALESCE((SELECT forced FROM job WHERE name = ?), 0))
        ON CONFLICT (id) DO NOTHING""",
        attempt.id(),
        attempt.run(),
        attempt.task(),
        attempt.job(),
        Codec.text(attempt.intervals()),
        span.from(),
        span.to(),
        attempt.definition(),
        attempt.baseVersion(),
        attempt.startedAt(),
        attempt.endedAt(),
        attempt.state(),
        attempt.failureClass(),
        attempt.message(),
        attempt.version(),
        attempt.written(),
        attempt.quarantined(),
        Codec.text(attempt.published()),
        attempt.job());
  }

  Optional<Begun> find(String attempt) throws SQLException {
    return transaction.first(
        row -> new Begun(row(row), row.number("forced")),
        "SELECT * FROM attempt WHERE id = ?",
        attempt);
  }

  /** What is in a table stays made, whatever its driver believes. */
  boolean failed(String attempt, Instant at, String state, String failureClass, String message)
      throws SQLException {
    return transaction.update(
            """
            UPDATE attempt SET ended_at = ?, state = ?, failure_class = ?, message = ?
            WHERE id = ? AND state <> 'made'""",
            at,
            state,
            failureClass,
            message,
            attempt)
        == 1;
  }

  void made(String attempt, Instant at, MadeFacts facts, IntervalSet published)
      throws SQLException {
    Receipt receipt = facts.receipt();
    transaction.update(
        """
        UPDATE attempt SET ended_at = ?, state = 'made', failure_class = ?, message = ?,
          published = ?, unmade = ?, version = ?, written = ?, quarantined = ?, asked = ?
        WHERE id = ?""",
        at,
        facts.refused().map(MadeFacts.Refused::failureClass).orElse(""),
        facts.refused().map(MadeFacts.Refused::message).orElse(""),
        Codec.text(published),
        Codec.text(receipt.takenBack()),
        facts.version(),
        receipt.made().stream().mapToLong(Receipt.Made::written).sum(),
        receipt.made().stream().mapToLong(Receipt.Made::quarantined).sum(),
        receipt.asked(),
        attempt);
  }

  /** Intervals that attempts which began later have published or taken back since that version. */
  IntervalSet madeSince(AttemptRow attempt, long version) throws SQLException {
    return madeSince(attempt.job(), version, "started_at", attempt.startedAt());
  }

  /**
   * Intervals that were published or taken back since that version.
   *
   * @param column a moment of the attempts that is after {@code moment}: a table that is made anew
   *     starts its versions again
   */
  IntervalSet madeSince(String job, long version, String column, Instant moment)
      throws SQLException {
    List<IntervalSet> since =
        transaction.list(
            row -> row.intervals("published").union(row.intervals("unmade")),
            """
            SELECT published, unmade FROM attempt
            WHERE job = ? AND version > ? AND state = 'made' AND %s > ?"""
                .formatted(column),
            job,
            version,
            moment);
    return since.stream().reduce(IntervalSet.EMPTY, IntervalSet::union);
  }

  List<AttemptRow> published(String job) throws SQLException {
    return transaction.list(
        Attempts::row,
        """
        SELECT * FROM attempt WHERE job = ? AND state IN ('made', 'accepted')
        ORDER BY COALESCE(version, -1), ended_at, seq""",
        job);
  }

  static AttemptRow row(Row row) throws SQLException {
    return new AttemptRow(
        row.text("id"),
        row.text("run"),
        row.text("task"),
        row.text("job"),
        row.intervals("intervals"),
        row.text("definition"),
        row.number("base_version"),
        row.instant("started_at"),
        row.optionalInstant("ended_at"),
        row.text("state"),
        row.text("failure_class"),
        row.text("message"),
        row.optionalNumber("version"),
        row.number("written"),
        row.number("quarantined"),
        row.text("asked"),
        row.intervals("published"),
        row.intervals("unmade"));
  }
}
