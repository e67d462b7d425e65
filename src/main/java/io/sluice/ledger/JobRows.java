package io.sluice.ledger;

import java.sql.SQLException;

/** The one row that each job has: its lock, its newest definition, its count of forcing. */
record JobRows(Transaction transaction, String forUpdate) {

  /** Keeps other writers from the job until the transaction ends. */
  void lock(String job) throws SQLException {
    transaction.update(
        "INSERT INTO job (name, forced) VALUES (?, 0) ON CONFLICT (name) DO NOTHING", job);
    transaction.first(
        row -> row.text("name"), "SELECT name FROM job WHERE name = ?" + forUpdate, job);
  }

  void define(String job, String definition) throws SQLException {
    transaction.update("UPDATE job SET definition = ? WHERE name = ?", definition, job);
  }

  /** Counts on; the job is locked. */
  long nextForced(String job) throws SQLException {
    transaction.update("UPDATE job SET forced = forced + 1 WHERE name = ?", job);
    return transaction
        .first(row -> row.number("forced"), "SELECT forced FROM job WHERE name = ?", job)
        .orElseThrow();
  }
}
