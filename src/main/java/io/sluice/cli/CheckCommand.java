package io.sluice.cli;

import io.sluice.lake.Lake;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check}: reads all definitions and says what is wrong with them. */
@Command(
    name = "check",
    description = "Reads all definitions; says what is wrong with them, or what they make.",
    footer = {"", "Examples:", "  sluice check", "  sluice check --env prod"})
final class CheckCommand implements Callable<Integer> {
  private final SluiceCommand sluice;

  @Option(names = "--json", description = "One JSON document instead of a table.")
  boolean json;

  CheckCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() {
    try (Engine engine = sluice.open()) {
      Lake lake = engine.lake();
      if (json) {
        Json.print(sluice.out(), JobsView.json(lake, engine.hints()));
      } else {
        JobsView.print(sluice.out(), lake, engine.hints());
      }
    }
    return Exit.OK;
  }
}
