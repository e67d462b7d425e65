package io.sluice.cli;

import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.RunRow;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs and attempts as people and machines read them. */
final class HistoryView {
  private HistoryView() {}

  static void printRuns(PrintWriter out, List<RunRow> runs, boolean json) {
    if (json) {
      Json.print(out, Json.object("runs", runs.stream().map(HistoryView::json).toList()));
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

  static void printAttempts(PrintWriter out, List<AttemptRow> attempts, boolean json) {
    if (json) {
      Json.print(out, Json.object("attempts", attempts.stream().map(HistoryView::json).toList()));
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
            "why");
    for (AttemptRow attempt : attempts) {
      table.add(
          attempt.id(),
          attempt.job(),
          attempt.intervals(),
          second(attempt.startedAt()),
          took(attempt.startedAt(), attempt.endedAt()),
          attempt.state(),
          attempt.written(),
          attempt.quarantined(),
          attempt.failureClass().isBlank()
              ? attempt.message()
              : attempt.failureClass() + ": " + attempt.message());
    }
    table.print(out);
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
        "started", attempt.startedAt(),
        "ended", attempt.endedAt().orElse(null),
        "state", attempt.state(),
        "failure", attempt.failureClass(),
        "message", attempt.message(),
        "version", attempt.version().orElse(null),
        "rows", attempt.written(),
        "quarantined", attempt.quarantined());
  }

  private static String second(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String took(Instant from, Optional<Instant> to) {
    return to.map(end -> Progress.elapsed(Duration.between(from, end))).orElse("-");
  }
}
