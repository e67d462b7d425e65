package io.sluice.cli;

import io.sluice.config.Problem;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.TableName;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The definitions, read and found good, as people and machines read them. */
final class JobsView {
  private JobsView() {}

  static void print(PrintWriter out, Lake lake, List<Problem> hints) {
    TextTable table = new TextTable("table", "every", "write", "batch", "reads");
    for (Job job : lake.jobs().values()) {
      table.add(job.name(), job.every().word(), write(job), job.effort().batch(), reads(job));
    }
    table.print(out);
    for (Job job : lake.jobs().values()) {
      job.effort()
          .batchReason()
          .ifPresent(
              why -> out.println("%s: one interval a task, for %s".formatted(job.name(), why)));
    }
    hints.forEach(hint -> out.println("hint: " + hint));
    out.println();
    out.println(
        "%s: %s, all good".formatted(lake.name(), PlanView.number(lake.jobs().size(), "table")));
  }

  private static String write(Job job) {
    return job.making() instanceof Making.External ? "external" : job.write().word();
  }

  private static String reads(Job job) {
    return job.inputs().values().stream()
        .map(
            input ->
                input.table()
                    + (input.lookback().isNone() ? "" : " back " + input.lookback())
                    + (input.sight().isCut() ? "" : " whole"))
        .collect(Collectors.joining(", "));
  }

  static Map<String, @Nullable Object> json(Lake lake, List<Problem> hints) {
    return Json.object(
        "lake",
        lake.name(),
        "tables",
        lake.jobs().values().stream().map(JobsView::json).toList(),
        "hints",
        hints.stream()
            .map(
                hint ->
                    Json.object(
                        "file", hint.file(),
                        "line", hint.line(),
                        "path", hint.path(),
                        "message", hint.message()))
            .toList());
  }

  private static Map<String, @Nullable Object> json(Job job) {
    List<TableName> inputs = List.copyOf(job.inputs().keySet());
    return Json.object(
        "job", job.name(),
        "description", job.description(),
        "every", job.every().word(),
        "write", write(job),
        "batch", job.effort().batch(),
        "batch_reason", job.effort().batchReason().orElse(null),
        "reads", inputs,
        "tags", job.tags());
  }
}
