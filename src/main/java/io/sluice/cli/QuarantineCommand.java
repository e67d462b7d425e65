package io.sluice.cli;

import io.sluice.lake.TableName;
import io.sluice.ledger.QuarantineRow;
import io.sluice.rehearsal.Rehearsal;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quarantine}: the rows that were turned away. */
@Command(
    name = "quarantine",
    description = "Shows which rows were turned away, and tries them again.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Examples:", "  sluice quarantine list", "  sluice quarantine replay raw.sales"})
final class QuarantineCommand {
  private final SluiceCommand sluice;

  QuarantineCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Command(
      name = "list",
      description = "Lists how many rows of which intervals were turned away.",
      footer = {
        "",
        "Examples:",
        "  sluice quarantine list",
        "  sluice quarantine list raw.sales --date 2011-01",
        "  sluice quarantine list raw.sales --date 2011-01-31 --rows 5"
      })
  int list(
      @Parameters(arity = "0..1", paramLabel = "JOB", description = "Only of this job.")
          @Nullable String job,
      @Mixin Span span,
      @Option(
              names = "--rows",
              paramLabel = "N",
              description =
                  "Also at most N rows of each interval and rule, with the reason; starts Spark.")
          @Nullable Integer examples,
      @Option(names = "--json", description = "One JSON document instead of a table.")
          boolean json) {
    try (Engine engine = sluice.open()) {
      sluice.warnIfNew(engine);
      Optional<TableName> name =
          Optional.ofNullable(job).map(typed -> OneJob.named(typed, engine.lake()).name());
      Optional<Interval> within = span.read();
      List<QuarantineRow> rows =
          engine.ledger().quarantined(name.map(TableName::toString)).stream()
              .filter(row -> within.map(row.interval()::overlaps).orElse(true))
              .toList();
      QuarantineView view = new QuarantineView(sluice.out(), engine.lake(), json);
      if (examples == null) {
        view.print(rows);
      } else {
        view.print(rows, (one, of) -> engine.quarantined(one, of, examples));
      }
    }
    return Exit.OK;
  }

  @Command(
      name = "replay",
      description =
          "Makes the intervals again that turned rows away, from what their sources have: after a"
              + " definition or rule was mended, the rows that are good now leave quarantine.",
      footer = {
        "",
        "Examples:",
        "  sluice quarantine replay raw.sales --plan",
        "  sluice quarantine replay raw.sales --date 2011-01"
      })
  int replay(
      @Parameters(arity = "0..1", paramLabel = "JOB", description = "Only of this job.")
          @Nullable String job,
      @Mixin Span span,
      @Option(names = "--plan", description = "Only show what would be made.") boolean planOnly) {
    PlanRequest request =
        new PlanRequest(
            job == null ? List.of() : List.of(job),
            Optional.empty(),
            false,
            false,
            Optional.of(PlanRequest.Backfill.replay(span.read().orElse(Interval.ALWAYS))));
    if (!planOnly) {
      return Running.run(sluice, Rehearsal.NONE, request, "quarantine replay");
    }
    try (Engine engine = sluice.open()) {
      PlanView.print(sluice.out(), engine.plan(request));
    }
    return Exit.OK;
  }
}
