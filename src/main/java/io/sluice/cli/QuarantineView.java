package io.sluice.cli;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.QuarantineRow;
import io.sluice.time.Civil;
import io.sluice.time.IntervalSet;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Quarantined rows, counted or shown, as people and machines read them. */
record QuarantineView(PrintWriter out, Lake lake, boolean json) {

  /** How many, and where they lie. */
  void print(List<QuarantineRow> rows) {
    if (json) {
      Json.print(out, Json.object("quarantined", rows.stream().map(this::json).toList()));
    } else if (rows.isEmpty()) {
      out.println("No rows are in quarantine.");
    } else {
      TextTable table = new TextTable("job", "interval", "rows", "attempt");
      rows.forEach(row -> table.add(row.job(), name(row), row.rows(), row.attempt()));
      table.print(out);
      out.println();
      out.println(
          PlanView.number(rows.stream().mapToLong(QuarantineRow::rows).sum(), "row")
              + "; see --rows 5 for some of them");
    }
  }

  /**
   * Some rows of each interval and rule, with the reason.
   *
   * @param examples what the quarantine table of a job has
   */
  void print(List<QuarantineRow> rows, BiFunction<TableName, List<QuarantineRow>, Rows> examples) {
    Map<TableName, List<QuarantineRow>> byJob = new LinkedHashMap<>();
    for (QuarantineRow row : rows) {
      TableName.parse(row.job())
          .ifPresent(job -> byJob.computeIfAbsent(job, first -> new ArrayList<>()).add(row));
    }
    List<Map<String, @Nullable Object>> documents = new ArrayList<>();
    byJob.forEach(
        (job, of) -> {
          Rows found = examples.apply(job, of);
          if (json) {
            documents.add(
                Json.object("job", job, "columns", found.columns(), "rows", found.rows()));
          } else {
            out.println("%s, in %s".formatted(job, lake.quarantinePath(job)));
            RowsView.print(out, found, false);
          }
        });
    if (json) {
      Json.print(out, Json.object("quarantined", documents));
    } else if (byJob.isEmpty()) {
      out.println("No rows are in quarantine.");
    }
  }

  private String name(QuarantineRow row) {
    return job(row)
        .map(job -> job.every().name(IntervalSet.of(row.interval())))
        .orElseGet(() -> row.interval().toString());
  }

  private Optional<Job> job(QuarantineRow row) {
    return TableName.parse(row.job()).flatMap(lake::find);
  }

  private Map<String, @Nullable Object> json(QuarantineRow row) {
    return Json.object(
        "job", row.job(),
        "from", Civil.text(row.interval().from()),
        "to", Civil.text(row.interval().to()),
        "rows", row.rows(),
        "attempt", row.attempt(),
        "path", TableName.parse(row.job()).map(lake::quarantinePath).orElse(null));
  }
}
