package io.sluice.cli;

import io.sluice.time.Interval;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what is to be made up to date: the same for a run and for its plan. */
final class Wanted {
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

  PlanRequest request() {
    return new PlanRequest(
        select.names, Optional.ofNullable(to), changed, allSources, Optional.empty());
  }
}
