package io.sluice.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Who may work at a job, and until when; taken by one statement that compares and sets. */
record Leases(Transaction transaction) {

  boolean take(String job, String holder, Instant now, Duration time) throws SQLException {
    return transaction.update(
            """
            INSERT INTO lease (job, holder, until_at) VALUES (?, ?, ?)
            ON CONFLICT (job) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at
            WHERE lease.holder = excluded.holder OR lease.until_at <= ?""",
            job,
            holder,
            now.plus(time),
            now)
        == 1;
  }

  void release(String job, String holder) throws SQLException {
    transaction.update("DELETE FROM lease WHERE job = ? AND holder = ?", job, holder);
  }

  Optional<String> holder(String job, Instant now) throws SQLException {
    return transaction.first(
        row -> row.text("holder"),
        "SELECT holder FROM lease WHERE job = ? AND until_at > ?",
        job,
        now);
  }
}
