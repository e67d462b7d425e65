package io.sluice.cli;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.Ledger;
import java.util.List;
import java.util.function.Predicate;

/** A ledger that was lost looks like an empty lake; the tables tell the difference. */
final class LostLedger {
  private LostLedger() {}

  static List<String> warnings(Lake lake, Ledger ledger, Predicate<Job> isThere) {
    if (!ledger.facts().isEmpty() || !ledger.runs(1).isEmpty()) {
      return List.of();
    }
    List<TableName> there =
        lake.jobs().values().stream()
            .filter(job -> job.isMade() && isThere.test(job))
            .map(Job::name)
            .toList();
    return there.isEmpty()
        ? List.of()
        : List.of(
            ("the ledger %s knows of no run, but %s %s there: if it was lost, put it back from a copy;"
                    + " as it is, a run makes all intervals again")
                .formatted(
                    lake.ledger().url().split("\\?", 2)[0],
                    there.size() == 1 ? there.get(0) : there.size() + " tables",
                    there.size() == 1 ? "is" : "are"));
  }
}
