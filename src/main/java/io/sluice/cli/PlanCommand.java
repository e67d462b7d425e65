package io.sluice.cli;

import io.sluice.plan.Plan;
import io.sluice.time.Interval;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plan}: shows what a run would do. */
@Command(
    name = "plan",
    description = "Shows what run would make, and why; makes nothing.",
    footer = {"", "Examples:", "  sluice plan", "  sluice plan --select fact_sale+ --json"})
final class PlanCommand implements Callable<Integer> {
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

  @Option(names = "--json", description = "One JSON document instead of a table.")
  boolean json;

  PlanCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() {
    PlanRequest request =
        new PlanRequest(
            select.names, Optional.ofNullable(to), changed, allSources, Optional.empty());
    try (Engine engine = sluice.open()) {
      sluice.warn(engine);
      Plan plan = engine.plan(request);
      if (json) {
        Json.print(sluice.out(), PlanView.json(plan));
      } else {
        PlanView.print(sluice.out(), plan);
      }
    }
    return Exit.OK;
  }
}
