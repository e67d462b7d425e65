package io.sluice.ledger;

import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.Undone;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** How many rows of each interval were turned away by the attempt that made it last. */
record QuarantineCounts(Transaction transaction) {

  List<QuarantineRow> of(Optional<String> job) throws SQLException {
    String select = "SELECT job, from_at, to_at, attempt, counted FROM quarantine";
    String order = " ORDER BY job, from_at, to_at";
    return job.isPresent()
        ? transaction.list(QuarantineCounts::row, select + " WHERE job = ?" + order, job.get())
        : transaction.list(QuarantineCounts::row, select + order);
  }

  void replace(String attempt, Receipt receipt, IntervalSet intervals) throws SQLException {
    forget(receipt.job(), intervals);
    transaction.batch(
        "INSERT INTO quarantine (job, from_at, to_at, attempt, counted) VALUES (?, ?, ?, ?, ?)",
        receipt.made().stream()
            .filter(made -> made.quarantined() > 0 && intervals.contains(made.interval()))
            .map(
                made ->
                    new Object[] {
                      receipt.job(),
                      made.interval().from(),
                      made.interval().to(),
                      turnedAwayBy(attempt, receipt, made.interval()),
                      made.quarantined()
                    })
            .toList());
  }

  /** What an undo puts back lies under the attempt that made it. */
  private static String turnedAwayBy(String attempt, Receipt receipt, Interval interval) {
    return receipt
        .undone()
        .flatMap(undone -> undone.origin(interval))
        .map(Undone.Origin::attempt)
        .orElse(attempt);
  }

  void forget(String job, IntervalSet intervals) throws SQLException {
    for (Interval range : intervals.ranges()) {
      transaction.update(
          "DELETE FROM quarantine WHERE job = ? AND from_at >= ? AND to_at <= ?",
          job,
          range.from(),
          range.to());
    }
  }

  private static QuarantineRow row(Row row) throws SQLException {
    return new QuarantineRow(
        row.text("job"), row.interval(), row.text("attempt"), row.number("counted"));
  }
}
