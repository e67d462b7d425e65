package io.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run}: makes what is missing or stale. */
@Command(
    name = "run",
    description = "Makes the lake up to date, and finishes what a backfill began.",
    footer = {
      "",
      "Examples:",
      "  sluice run",
      "  sluice run --select +daily_sales --to 2011-01-31"
    })
final class RunCommand implements Callable<Integer> {
  private final SluiceCommand sluice;

  @Mixin Wanted wanted = new Wanted();

  @Mixin Faults faults = new Faults();

  RunCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() {
    return Running.run(sluice, faults.rehearsal(), wanted.request(), "run");
  }
}
