package io.sluice.cli;

import io.sluice.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code status}: how far each table is. */
@Command(
    name = "status",
    description = "Shows how far each table is made, and what failed.",
    footer = {"", "Examples:", "  sluice status", "  sluice status --json"})
final class StatusCommand implements Callable<Integer> {
  private final SluiceCommand sluice;

  @Option(names = "--json", description = "One JSON document instead of a table.")
  boolean json;

  StatusCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() {
    try (Engine engine = sluice.open()) {
      sluice.warn(engine);
      List<TableStatus> tables =
          TableStatus.of(
              engine.lake(),
              engine.ledger(),
              waiting(engine),
              sluice.surroundings().clock().instant());
      if (json) {
        Json.print(
            sluice.out(), Json.object("tables", tables.stream().map(TableStatus::json).toList()));
      } else {
        TableStatus.print(sluice.out(), tables);
      }
    }
    return Exit.OK;
  }

  /** What the ledger says is shown even where a source can't be asked. */
  private List<Plan.Waiting> waiting(Engine engine) {
    try {
      return engine.plan(PlanRequest.upTo(Optional.empty())).waiting();
    } catch (RuntimeException e) {
      sluice.surroundings().err().println("note: what waits is not known: " + Failures.told(e));
      return List.of();
    }
  }
}
