package io.sluice.cli;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.TaskRow;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code history}: what was done, and how it ended. */
@Command(
    name = "history",
    description =
        "Shows the newest runs, what one run did, or which attempts made some intervals of a job.",
    footer = {
      "",
      "Examples:",
      "  sluice history",
      "  sluice history 2026-01-01T060000-a1b2c3",
      "  sluice history fact_sale --date 2011-01-31",
      "  sluice history raw.sales --schema",
      "  sluice history raw.sales --reconcile --date 2011-01"
    })
final class HistoryCommand implements Callable<Integer> {
  private final SluiceCommand sluice;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN|JOB",
      description = "Show the tasks and attempts of this run, or the attempts at this job.")
  @Nullable String what;

  @Mixin Span span = new Span();

  @Option(
      names = {"-n", "--newest"},
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  int newest;

  @Option(
      names = "--sources",
      description = "What this job's intervals were read from: files, queries, pages.")
  boolean sources;

  @Option(
      names = "--schema",
      description = "Which columns this job's table got, lost or changed, and by which version.")
  boolean schema;

  @Option(
      names = "--reconcile",
      description =
          "Counts the rows of this job's intervals in its source, and compares them with the lake's;"
              + " exits with 5 where they differ. Starts Spark.")
  boolean reconcile;

  @Option(names = "--json", description = "One JSON document instead of a table.")
  boolean json;

  HistoryCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() {
    Optional<Interval> within = span.read();
    try (Engine engine = sluice.open()) {
      sluice.warnIfNew(engine);
      Ledger ledger = engine.ledger();
      HistoryView view = new HistoryView(sluice.out(), engine.lake(), json);
      if (sources || schema || reconcile) {
        return ofTable(engine, within);
      }
      if (what == null) {
        if (within.isPresent()) {
          throw new UserException("dates are of a job: sluice history JOB --date 2011-01-31");
        }
        view.runs(ledger.runs(newest));
        return Exit.OK;
      }
      List<TaskRow> tasks = ledger.tasks(what);
      List<AttemptRow> attempts = ledger.attempts(what);
      if (tasks.isEmpty() && attempts.isEmpty()) {
        view.attempts(
            ledger.attemptsAt(job(what, engine.lake()), within.orElse(Interval.ALWAYS), newest));
      } else {
        view.run(tasks, attempts);
      }
    }
    return Exit.OK;
  }

  private int ofTable(Engine engine, Optional<Interval> within) {
    if (what == null) {
      throw new UserException("which table? Write sluice history JOB --schema");
    }
    Job job = OneJob.named(what, engine.lake());
    TableHistoryView view = new TableHistoryView(sluice.out(), job, json);
    if (schema) {
      view.columns(engine.columnChanges(job));
      return Exit.OK;
    }
    if (sources) {
      Interval span = within.orElse(Interval.ALWAYS);
      String name = job.name().toString();
      view.sources(
          engine.ledger().sourceItems(name, span),
          engine.ledger().attemptsAt(name, span, newest).stream()
              .filter(attempt -> !attempt.asked().isEmpty())
              .toList());
      return Exit.OK;
    }
    List<Reconciled> counts = engine.reconcile(job, within);
    view.reconciled(counts);
    return counts.stream().anyMatch(Reconciled::differs) ? Exit.QUALITY : Exit.OK;
  }

  private static String job(String typed, Lake lake) {
    if (lake.named(typed).isEmpty()) {
      throw new UserException(
          "'%s' is no job, and no run that did anything; `sluice history` lists the runs, `sluice check` the jobs"
              .formatted(typed));
    }
    return OneJob.named(typed, lake).name().toString();
  }
}
