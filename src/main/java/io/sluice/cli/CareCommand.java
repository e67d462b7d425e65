package io.sluice.cli;

import io.sluice.repair.Care;
import io.sluice.repair.CareOfTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code care}: keeps tables small and quick. */
@Command(
    name = "care",
    description =
        "Puts small files together, orders rows, and removes files that nobody can need any more, of"
            + " tables that are due. Never touches what `keep` promises.",
    footer = {
      "",
      "Examples:",
      "  sluice care --dry-run",
      "  sluice care",
      "  sluice care --select raw.sales --now"
    })
final class CareCommand implements Callable<Integer> {
  private final SluiceCommand sluice;

  @Mixin Selection select = new Selection();

  @Option(names = "--now", description = "Also tables that were taken care of lately.")
  boolean now;

  @Option(
      names = "--dry-run",
      description = "Only show what would be done, with the files that no version names.")
  boolean dryRun;

  @Option(names = "--json", description = "One JSON document instead of text.")
  boolean json;

  CareCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() {
    Surroundings around = sluice.surroundings();
    CareView view = new CareView(sluice.out(), json);
    try (Engine engine = sluice.open()) {
      sluice.warn(engine);
      if (dryRun) {
        List<CareOfTable> plan = engine.planCare(select.names, now);
        view.planned(plan);
        return Exit.OK;
      }
      try (Progress progress = new Progress(around.err(), around.terminal(), around.clock())) {
        engine.settle(progress);
      }
      Care.Ended ended =
          engine.care(
              select.names,
              now,
              done -> {
                if (!json) {
                  view.done(done);
                  sluice.out().flush();
                }
              });
      view.ended(ended);
      return ended.exit();
    }
  }
}
