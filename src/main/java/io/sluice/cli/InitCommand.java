package io.sluice.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code init}: begins a project. */
@Command(
    name = "init",
    description =
        "Writes a small project that runs: two days of orders, a table of them, and a sum by day.",
    footer = {"", "Examples:", "  sluice init my-lake", "  sluice run --project my-lake"})
final class InitCommand implements Callable<Integer> {
  private final SluiceCommand sluice;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "A new or empty folder; the current one if left out.")
  @Nullable String folder;

  InitCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() throws IOException {
    Surroundings around = sluice.surroundings();
    Path place = around.folder(folder == null ? "" : folder);
    for (String file : NewProject.write(place)) {
      around.out().println("wrote " + place.resolve(file));
    }
    String project =
        folder == null || place.equals(around.folder(""))
            ? ""
            : " --project " + ShellWord.of(folder);
    around.out().println();
    around.out().println("Try: ./sluice run%s".formatted(project));
    around
        .out()
        .println("     ./sluice sql%s 'SELECT * FROM aggregate.daily_orders'".formatted(project));
    return Exit.OK;
  }
}
