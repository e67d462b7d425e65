package io.sluice.ledger;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Up to which version a job has read the log of each table; the job is locked. */
record Positions(Transaction transaction) {

  /** Where there is no position. */
  static final long NONE = -1;

  Optional<Long> of(String job, String input) throws SQLException {
    return transaction.first(
        row -> row.number("version"),
        "SELECT version FROM log_position WHERE job = ? AND input = ?",
        job,
        input);
  }

  void set(String job, String input, long version) throws SQLException {
    transaction.update(
        """
        INSERT INTO log_position (job, input, version) VALUES (?, ?, ?)
        ON CONFLICT (job, input) DO UPDATE SET version = excluded.version""",
        job,
        input,
        version);
  }

  /**
   * Positions from which the facts can't be told: further than where the facts begin, and not where
   * they end.
   */
  Map<String, Long> stale(String job, Map<String, MadeFacts.Touched> touched) throws SQLException {
    Map<String, Long> moved = new HashMap<>();
    for (Map.Entry<String, MadeFacts.Touched> entry : touched.entrySet()) {
      long position = of(job, entry.getKey()).orElse(NONE);
      MadeFacts.Touched facts = entry.getValue();
      boolean ahead = facts.from() > facts.to();
      boolean told =
          position == facts.to() || position == facts.from() || (position < facts.from() && !ahead);
      if (!told) {
        moved.put(entry.getKey(), position);
      }
    }
    return moved;
  }
}
