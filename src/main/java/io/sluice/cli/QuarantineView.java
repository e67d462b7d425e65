package io.sluice.cli;

import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.QuarantineRow;
import io.sluice.time.Civil;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts of quarantined rows, and where they lie, as people and machines read them. */
final class QuarantineView {
  private QuarantineView() {}

  static void print(PrintWriter out, Lake lake, List<QuarantineRow> rows, boolean json) {
    if (json) {
      Json.print(
          out, Json.object("quarantined", rows.stream().map(row -> json(lake, row)).toList()));
      return;
    }
    if (rows.isEmpty()) {
      out.println("No rows are in quarantine.");
      return;
    }
    TextTable table = new TextTable("job", "interval", "rows", "attempt", "where");
    long all = 0;
    for (QuarantineRow row : rows) {
      all += row.rows();
      table.add(row.job(), row.interval(), row.rows(), row.attempt(), path(lake, row).orElse("-"));
    }
    table.print(out);
    out.println();
    out.println(PlanView.number(all, "row"));
  }

  private static Map<String, @Nullable Object> json(Lake lake, QuarantineRow row) {
    return Json.object(
        "job", row.job(),
        "from", Civil.text(row.interval().from()),
        "to", Civil.text(row.interval().to()),
        "rows", row.rows(),
        "attempt", row.attempt(),
        "path", path(lake, row).orElse(null));
  }

  private static Optional<String> path(Lake lake, QuarantineRow row) {
    return TableName.parse(row.job()).map(lake::quarantinePath);
  }
}
