package io.sluice.ledger;

import io.sluice.time.Interval;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs, tasks and attempts: who did what, when, and how it ended. */
record History(Transaction transaction) {

  void started(RunRow run) throws SQLException {
    transaction.update(
        """
        INSERT INTO run (id, command, holder, started_at, ended_at, exit_code, last_line)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING""",
        run.id(),
        run.command(),
        run.holder(),
        run.startedAt(),
        run.endedAt(),
        run.exit(),
        run.lastLine());
  }

  void runEnded(String run, Instant at, int exit, String lastLine) throws SQLException {
    transaction.update(
        "UPDATE run SET ended_at = ?, exit_code = ?, last_line = ? WHERE id = ?",
        at,
        exit,
        lastLine,
        run);
  }

  /**
   * A run of which only receipts are known began with the first of them and ended with the last.
   */
  void runWent(String run, Instant at) throws SQLException {
    transaction.update(
        """
        UPDATE run SET started_at = CASE WHEN started_at > ? THEN ? ELSE started_at END,
          ended_at = CASE WHEN ended_at < ? THEN ? ELSE ended_at END
        WHERE id = ? AND holder = '' AND exit_code IS NULL""",
        at,
        at,
        at,
        at,
        run);
  }

  void started(TaskRow task) throws SQLException {
    transaction.update(
        """
        INSERT INTO task (id, run, job, intervals, reasons, started_at, ended_at, state, message)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING""",
        task.id(),
        task.run(),
        task.job(),
        Codec.text(task.intervals()),
        task.reasons(),
        task.startedAt(),
        task.endedAt(),
        task.state(),
        task.message());
  }

  void taskEnded(String task, Instant at, String state, String message) throws SQLException {
    transaction.update(
        "UPDATE task SET ended_at = ?, state = ?, message = ? WHERE id = ?",
        at,
        state,
        message,
        task);
  }

  List<RunRow> runs(int newest) throws SQLException {
    return transaction.list(History::row, "SELECT * FROM run ORDER BY seq DESC LIMIT ?", newest);
  }

  Optional<RunRow> run(String id) throws SQLException {
    return transaction.first(History::row, "SELECT * FROM run WHERE id = ?", id);
  }

  List<RunRow> openRuns() throws SQLException {
    return transaction.list(History::row, "SELECT * FROM run WHERE ended_at IS NULL ORDER BY seq");
  }

  private static RunRow row(Row row) throws SQLException {
    return new RunRow(
        row.text("id"),
        row.text("command"),
        row.text("holder"),
        row.instant("started_at"),
        row.optionalInstant("ended_at"),
        row.optionalNumber("exit_code").map(Math::toIntExact),
        row.text("last_line"));
  }

  List<TaskRow> tasks(String run) throws SQLException {
    return transaction.list(
        row ->
            new TaskRow(
                row.text("id"),
                row.text("run"),
                row.text("job"),
                row.intervals("intervals"),
                row.text("reasons"),
                row.instant("started_at"),
                row.optionalInstant("ended_at"),
                row.text("state"),
                row.text("message")),
        "SELECT * FROM task WHERE run = ? ORDER BY seq",
        run);
  }

  List<AttemptRow> openAttempts() throws SQLException {
    return transaction.list(
        Attempts::row, "SELECT * FROM attempt WHERE ended_at IS NULL ORDER BY seq");
  }

  List<AttemptRow> attempts(String run) throws SQLException {
    return transaction.list(Attempts::row, "SELECT * FROM attempt WHERE run = ? ORDER BY seq", run);
  }

  /** The database narrows by the outer bounds; an attempt may have gaps between its intervals. */
  List<AttemptRow> attemptsAt(String job, Interval span, int newest) throws SQLException {
    return transaction
        .list(
            Attempts::row,
            """
            SELECT * FROM attempt WHERE job = ? AND from_at < ? AND to_at > ? ORDER BY seq DESC""",
            job,
            span.to(),
            span.from())
        .stream()
        .filter(attempt -> attempt.intervals().overlaps(span))
        .limit(newest)
        .toList();
  }
}
