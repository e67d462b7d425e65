package io.sluice.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code backfill}: makes chosen intervals of the past again. */
@Command(
    name = "backfill",
    description =
        "Makes chosen intervals again, and what reads them; an interrupted one is finished by the next run.",
    footer = {
      "",
      "Examples:",
      "  sluice backfill --select fact_sale --from 2011-01-01 --to 2011-01-31",
      "  sluice backfill --select raw.sales --date 2011-03 --plan"
    })
final class BackfillCommand implements Callable<Integer> {
  private final SluiceCommand sluice;

  @Mixin Selection select = new Selection();

  @Mixin Span span = new Span();

  @Mixin Faults faults = new Faults();

  @Option(
      names = "--no-downstream",
      description = "Leave what reads these intervals for a later run.")
  boolean noDownstream;

  @Option(
      names = "--rebuild",
      description =
          "Make the tables anew, schema and all; needed after a change that a table refuses.")
  boolean rebuild;

  @Option(names = "--plan", description = "Only show what would be made.")
  boolean planOnly;

  BackfillCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() {
    PlanRequest request =
        new PlanRequest(
            select.names,
            Optional.empty(),
            false,
            false,
            Optional.of(new PlanRequest.Backfill(span.required(), !noDownstream, rebuild)));
    if (!planOnly) {
      return Running.run(sluice, faults.rehearsal(), request, "backfill");
    }
    try (Engine engine = sluice.open()) {
      PlanView.print(sluice.out(), engine.plan(request));
    }
    return Exit.OK;
  }
}
