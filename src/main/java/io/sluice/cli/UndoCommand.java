package io.sluice.cli;

import io.sluice.lake.Job;
import io.sluice.ledger.Ledger;
import io.sluice.repair.Undo;
import io.sluice.repair.UndoPlan;
import io.sluice.repair.UndoRequest;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code undo}: puts back what was there before. */
@Command(
    name = "undo",
    description =
        "Puts the intervals that a run wrote back as they were before it, or those of a table as they"
            + " were before they were made last. Says first what it will do; an undo can be undone.",
    footer = {
      "",
      "Examples:",
      "  sluice undo 2026-01-01T060000-a1b2c3 --dry-run",
      "  sluice undo 2026-01-01T060000-a1b2c3",
      "  sluice undo fact_sale --from 2011-01-01 --to 2011-01-31"
    })
final class UndoCommand implements Callable<Integer> {
  private final SluiceCommand sluice;

  @Parameters(
      paramLabel = "RUN|TABLE",
      description = "A run, as `sluice history` names it, or a table.")
  String what = "";

  @Mixin Span span = new Span();

  @Option(names = "--dry-run", description = "Only show what would be put back.")
  boolean dryRun;

  @Option(
      names = "--yes",
      description =
          "Also where what was made later goes with it, as of a table that is made in order.")
  boolean yes;

  @Option(names = "--json", description = "One JSON document instead of text.")
  boolean json;

  UndoCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() {
    Surroundings around = sluice.surroundings();
    try (Engine engine = sluice.open()) {
      sluice.warn(engine);
      UndoRequest request = request(engine);
      if (!dryRun) {
        try (Progress progress = new Progress(around.err(), around.terminal(), around.clock())) {
          engine.settle(progress);
        }
      }
      UndoPlan plan = engine.planUndo(request);
      UndoView view = new UndoView(sluice.out(), json, engine.lake());
      refuse(plan, view);
      if (dryRun) {
        view.planned(plan);
        return Exit.OK;
      }
      if (!json) {
        view.planned(plan);
        sluice.out().flush();
      }
      if (plan.takesMore() && !yes) {
        throw new UserException("more goes than was asked for, as said above; with --yes it does");
      }
      Undo.Ended ended = engine.undo(plan, "undo " + request.text());
      view.ended(plan, ended);
      return ended.exit();
    }
  }

  private void refuse(UndoPlan plan, UndoView view) {
    if (!plan.refused().isEmpty()) {
      if (json) {
        view.planned(plan);
      }
      plan.refused().forEach(sluice.surroundings().err()::println);
      throw new UserException(
          "nothing was undone, for not all of it can be; undo what can be by table: sluice undo TABLE"
              + " --from … --to …");
    }
    if (plan.tables().isEmpty()) {
      throw new UserException(
          "nothing of %s is in a table: it made nothing, or was undone already"
              .formatted(plan.request().text()));
    }
  }

  private UndoRequest request(Engine engine) {
    Optional<Interval> typed = span.read();
    Ledger ledger = engine.ledger();
    boolean isRun = !ledger.attempts(what).isEmpty() || !ledger.tasks(what).isEmpty();
    if (isRun || engine.lake().named(what).isEmpty() && looksLikeRun()) {
      if (typed.isPresent()) {
        throw new UserException(
            "a run is undone as a whole; for some intervals name a table: sluice undo TABLE --from …");
      }
      return new UndoRequest.OfRun(what);
    }
    Job job = OneJob.named(what, engine.lake());
    if (!job.isMade()) {
      throw new UserException(job.name() + " is not made here: there is nothing to undo");
    }
    if (job.every() == Cadence.NONE) {
      return new UndoRequest.OfTable(job, Interval.ALWAYS);
    }
    List<Interval> intervals =
        DueIntervals.of(job, sluice.surroundings().clock().instant(), engine.lake().time())
            .within(span.required());
    return new UndoRequest.OfTable(job, intervals.get(0).span(intervals.get(intervals.size() - 1)));
  }

  /** Of a ledger that was lost: its logs may know it. */
  private boolean looksLikeRun() {
    return what.matches("\\d{4}-\\d{2}-\\d{2}T\\d{6}-[0-9a-f]{6}");
  }
}
