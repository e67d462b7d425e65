package io.sluice.cli;

import io.sluice.lake.TableName;
import io.sluice.survey.CatchUp;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a person is told where the ledger did not know what the lake does. */
final class CaughtUp {
  private CaughtUp() {}

  static List<String> told(CatchUp.Taken taken) {
    List<String> told = new ArrayList<>();
    int receipts = taken.receipts().values().stream().mapToInt(Integer::intValue).sum();
    if (receipts > 0) {
      TreeSet<TableName> tables = new TreeSet<>(taken.receipts().keySet());
      told.add(
          "the ledger knew nothing of %s of %s: taken in"
              .formatted(
                  PlanView.number(receipts, "receipt"),
                  tables.size() == 1 ? tables.first() : tables.size() + " tables"));
    }
    if (taken.isAllItKnows()) {
      told.add("no receipt says which runs failed: ask again for a backfill that had not ended");
    }
    told.addAll(taken.notes());
    return told;
  }
}
