package io.sluice.cli;

import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.RunRow;
import io.sluice.ledger.TaskRow;
import io.sluice.time.IntervalSet;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs, tasks and attempts as people and machines read them. */
record HistoryView(PrintWriter out, Lake lake, boolean json) {

  void runs(List<RunRow> runs) {
    if (json) {
      Json.print(out, Json.object("runs", runs.stream().map(HistoryView::json).toList()));
      return;
    }
    if (runs.isEmpty()) {
      out.println("Nothing was run yet.");
      return;
    }
    TextTable table = new TextTable("run", "command", "started", "took", "exit", "result");
    for (RunRow run : runs) {
      table.add(
          run.id(),
          run.command(),
          second(run.startedAt()),
          took(run.startedAt(), run.endedAt()),
          run.exit().map(String::valueOf).orElse("-"),
          run.endedAt().isPresent() ? run.lastLine() : "did not end");
    }
    table.print(out);
  }

  /** What one run was to do, and how often it tried. */
  void run(List<TaskRow> tasks, List<AttemptRow> attempts) {
    if (json) {
      Json.print(
          out,
          Json.object(
              "tasks",
              tasks.stream().map(HistoryView::json).toList(),
              "attempts",
              attempts.stream().map(HistoryView::json).toList()));
      return;
    }
    TextTable table = new TextTable("job", "intervals", "why", "took", "state");
    for (TaskRow task : tasks) {
      table.add(
          task.job(),
          name(task.job(), task.intervals()),
          task.reasons(),
          took(task.startedAt(), task.endedAt()),
          task.state());
    }
    table.print(out);
    out.println();
    attempts(attempts);
  }

  void attempts(List<AttemptRow> attempts) {
    if (json) {
      Json.print(out, Json.object("attempts", attempts.stream().map(HistoryView::json).toList()));
      return;
    }
    if (attempts.isEmpty()) {
      out.println("No attempts.");
      return;
    }
    TextTable table =
        new TextTable(
            "attempt",
            "job",
            "intervals",
            "started",
            "took",
            "state",
            "rows",
            "quarantined",
            "version");
    for (AttemptRow attempt : attempts) {
      table.add(
          attempt.id(),
          attempt.job(),
          name(attempt.job(), attempt.intervals()),
          second(attempt.startedAt()),
          took(attempt.startedAt(), attempt.endedAt()),
          attempt.isMadeInPart() ? "made in part" : attempt.state(),
          attempt.written(),
          attempt.quarantined(),
          attempt.version().map(String::valueOf).orElse("-"));
    }
    table.print(out);
    for (AttemptRow attempt : attempts) {
      if (!attempt.message().isBlank()) {
        out.println(
            "%s %s: %s"
                .formatted(
                    attempt.id(),
                    attempt.failureClass().isBlank() ? attempt.state() : attempt.failureClass(),
                    attempt.message()));
      }
    }
  }

  private String name(String job, IntervalSet intervals) {
    return TableName.parse(job)
        .flatMap(lake::find)
        .map(known -> known.every().name(intervals))
        .orElseGet(intervals::toString);
  }

  private static Map<String, @Nullable Object> json(TaskRow task) {
    return Json.object(
        "task", task.id(),
        "job", task.job(),
        "ranges", task.intervals().ranges().stream().map(PlanView::json).toList(),
        "reasons", task.reasons(),
        "started", task.startedAt(),
        "ended", task.endedAt().orElse(null),
        "state", task.state(),
        "message", task.message());
  }

  private static Map<String, @Nullable Object> json(RunRow run) {
    return Json.object(
        "run", run.id(),
        "command", run.command(),
        "started", run.startedAt(),
        "ended", run.endedAt().orElse(null),
        "exit", run.exit().orElse(null),
        "result", run.lastLine());
  }

  private static Map<String, @Nullable Object> json(AttemptRow attempt) {
    return Json.object(
        "attempt", attempt.id(),
        "run", attempt.run(),
        "job", attempt.job(),
        "ranges", attempt.intervals().ranges().stream().map(PlanView::json).toList(),
        "published", attempt.published().ranges().stream().map(PlanView::json).toList(),
        "started", attempt.startedAt(),
        "ended", attempt.endedAt().orElse(null),
        "state", attempt.state(),
        "failure", attempt.failureClass(),
        "message", attempt.message(),
        "version", attempt.version().orElse(null),
        "rows", attempt.written(),
        "quarantined", attempt.quarantined());
  }

  static String second(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String took(Instant from, Optional<Instant> to) {
    return to.map(end -> Progress.elapsed(Duration.between(from, end))).orElse("-");
  }
}
