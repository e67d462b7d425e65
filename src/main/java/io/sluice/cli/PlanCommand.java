package io.sluice.cli;

import io.sluice.plan.Plan;
import java.util.concurrent.Callable;
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

  @Mixin Wanted wanted = new Wanted();

  @Option(names = "--json", description = "One JSON document instead of a table.")
  boolean json;

  PlanCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() {
    try (Engine engine = sluice.open()) {
      sluice.warn(engine);
      Plan plan = engine.plan(wanted.request());
      if (json) {
        Json.print(sluice.out(), PlanView.json(plan));
      } else {
        PlanView.print(sluice.out(), plan);
      }
    }
    return Exit.OK;
  }
}
