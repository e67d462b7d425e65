package io.sluice.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Who may work at a job, and until when; taken by one statement that compares and sets. */
record Leases(Transaction transaction) {
  private static final String ANOTHER_LEDGER = "a driver with another ledger";

  Optional<Lease> take(String job, String holder, Instant now, Duration time) throws SQLException {
    int taken =
        transaction.update(
            """
            INSERT INTO lease (job, holder, until_at, token, released, taken_from)
            VALUES (?, ?, ?, 1, 0, '')
            ON CONFLICT (job) DO UPDATE SET
              token = CASE WHEN lease.holder = excluded.holder
                THEN lease.token ELSE lease.token + 1 END,
              taken_from = CASE WHEN lease.holder = excluded.holder OR lease.released = 1
                THEN lease.taken_from ELSE lease.holder END,
              holder = excluded.holder, until_at = excluded.until_at, released = 0
            WHERE lease.released = 1 OR lease.holder = excluded.holder OR lease.until_at <= ?""",
            job,
            holder,
            now.plus(time),
            now);
    return taken == 1 ? held(job, holder) : Optional.empty();
  }

  /** Also when its time is over, as long as nobody else has taken it. */
  boolean renew(Lease lease, String holder, Instant now, Duration time) throws SQLException {
    return transaction.update(
            """
            UPDATE lease SET until_at = ?
            WHERE job = ? AND holder = ? AND token = ? AND released = 0""",
            now.plus(time),
            lease.job(),
            holder,
            lease.token())
        == 1;
  }

  void release(String job, String holder) throws SQLException {
    transaction.update("UPDATE lease SET released = 1 WHERE job = ? AND holder = ?", job, holder);
  }

  /** What a driver of this ledger holds is known to be its own. */
  void distrust(String job, Instant now) throws SQLException {
    transaction.update(
        """
        INSERT INTO lease (job, holder, until_at, token, released, taken_from)
        VALUES (?, '', ?, ?, 1, ?)
        ON CONFLICT (job) DO UPDATE SET
          token = CASE WHEN lease.token < excluded.token THEN excluded.token ELSE lease.token END,
          taken_from = excluded.taken_from
        WHERE lease.released = 1 OR lease.until_at <= ?""",
        job,
        now,
        Lease.tokenOfANewLedger(now),
        ANOTHER_LEDGER,
        now);
  }

  void fenced(Lease lease) throws SQLException {
    transaction.update(
        "UPDATE lease SET taken_from = '' WHERE job = ? AND token = ?", lease.job(), lease.token());
  }

  Optional<Lease> raise(String job, String holder, long above) throws SQLException {
    transaction.update(
        """
        UPDATE lease SET token = ?, taken_from = ?
        WHERE job = ? AND holder = ? AND released = 0 AND token <= ?""",
        above + 1,
        ANOTHER_LEDGER,
        job,
        holder,
        above);
    return held(job, holder);
  }

  Optional<String> holder(String job, Instant now) throws SQLException {
    return transaction.first(
        row -> row.text("holder"),
        "SELECT holder FROM lease WHERE job = ? AND until_at > ? AND released = 0",
        job,
        now);
  }

  Optional<String> lastHolder(String job) throws SQLException {
    return transaction.first(
        row -> row.text("holder"), "SELECT holder FROM lease WHERE job = ?", job);
  }

  private Optional<Lease> held(String job, String holder) throws SQLException {
    return transaction.first(
        row ->
            new Lease(
                job,
                row.number("token"),
                Optional.of(row.text("taken_from")).filter(from -> !from.isEmpty())),
        "SELECT token, taken_from FROM lease WHERE job = ? AND holder = ? AND released = 0",
        job,
        holder);
  }
}
