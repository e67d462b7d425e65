package io.sluice.cli;

import io.sluice.time.Interval;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Mixin Selection select = new Selection();

  @Option(
      names = "--to",
      paramLabel = "DATE",
      converter = TypedDate.class,
      description = "Only intervals up to this one, included.")
  @Nullable Interval to;

  @Option(
      names = "--changed",
      description = "Also what was made by another definition than the present one.")
  boolean changed;

  @Option(
      names = "--all-sources",
      description = "Look at landing files of any age, not only of the last 31 days.")
  boolean allSources;

  RunCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() {
    PlanRequest request =
        new PlanRequest(
            select.names, Optional.ofNullable(to), changed, allSources, Optional.empty());
    return Running.run(sluice, request, "run");
  }
}
