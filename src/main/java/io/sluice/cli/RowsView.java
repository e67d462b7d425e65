package io.sluice.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as people and machines read them. */
final class RowsView {
  private RowsView() {}

  static void print(PrintWriter out, Rows rows, boolean json) {
    if (json) {
      Json.print(out, Json.object("columns", rows.columns(), "rows", rows.rows()));
      return;
    }
    TextTable table = new TextTable(rows.columns());
    for (List<@Nullable Object> row : rows.rows()) {
      table.add(row.stream().map(RowsView::cell).toArray());
    }
    table.print(out);
    out.println();
    out.println(
        PlanView.number(rows.rows().size(), "row")
            + (rows.more() ? ", and more: see --limit" : ""));
  }

  private static Object cell(@Nullable Object value) {
    return value == null ? "NULL" : value;
  }
}
