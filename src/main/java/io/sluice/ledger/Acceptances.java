package io.sluice.ledger;

import io.sluice.time.IntervalSet;
import java.sql.SQLException;
import java.util.Optional;

/** Takes over what a person counts as made; the job is locked. */
record Acceptances(Transaction transaction, JobRows jobs) {

  void take(Accepted accepted) throws SQLException {
    Attempts attempts = new Attempts(transaction);
    if (attempts.find(accepted.id()).isPresent()) {
      return;
    }
    String job = accepted.job();
    IntervalSet left =
        accepted
            .intervals()
            .minus(attempts.madeSince(job, accepted.version(), "ended_at", accepted.at()));
    jobs.define(job, accepted.definition());
    new MadeRanges(transaction).add(job, left, accepted.definition());
    new Deviations(transaction).clear(job, left, Long.MAX_VALUE);
    new SourceItems(transaction).replace(job, left, accepted.items());
    attempts.started(row(accepted));
  }

  private static AttemptRow row(Accepted accepted) {
    return new AttemptRow(
        accepted.id(),
        "",
        "",
        accepted.job(),
        accepted.intervals(),
        accepted.definition(),
        accepted.version(),
        accepted.at(),
        Optional.of(accepted.at()),
        "accepted",
        "",
        accepted.reason(),
        accepted.version() < 0 ? Optional.empty() : Optional.of(accepted.version()),
        0,
        0,
        "",
        IntervalSet.EMPTY);
  }
}
