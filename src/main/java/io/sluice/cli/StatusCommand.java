package io.sluice.cli;

import java.util.List;
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
      List<TableStatus> tables =
          TableStatus.of(
              engine.lake(), engine.ledger().facts(), sluice.surroundings().clock().instant());
      if (json) {
        Json.print(
            sluice.out(), Json.object("tables", tables.stream().map(TableStatus::json).toList()));
      } else {
        TableStatus.print(sluice.out(), tables);
      }
    }
    return Exit.OK;
  }
}
