package io.sluice.cli;

import io.sluice.lake.TableName;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code preview}: the rows a job would make. */
@Command(
    name = "preview",
    description = "Shows rows that a job would make; publishes nothing.",
    footer = {
      "",
      "Examples:",
      "  sluice preview daily_sales --date 2011-01-31",
      "  sluice preview fact_sale --from 2011-01-01 --to 2011-01-10 --prove-batching"
    })
final class PreviewCommand implements Callable<Integer> {
  private final SluiceCommand sluice;

  @Mixin OneJob job = new OneJob();

  @Mixin Span span = new Span();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many rows (default: ${DEFAULT-VALUE}).")
  int limit;

  @Option(
      names = "--prove-batching",
      description = "Make the intervals together and one by one, and compare.")
  boolean proveBatching;

  @Option(names = "--json", description = "One JSON document instead of a table.")
  boolean json;

  PreviewCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  @Override
  public Integer call() {
    try (Engine engine = sluice.open()) {
      TableName name = job.in(engine.lake()).name();
      if (proveBatching) {
        return prove(engine, name);
      }
      Rows rows = engine.preview(name, span.read(), OptionalInt.of(limit));
      RowsView.print(sluice.out(), rows, json);
    }
    return Exit.OK;
  }

  private int prove(Engine engine, TableName name) {
    List<String> differences = engine.proveBatching(name, span.required());
    if (json) {
      Json.print(sluice.out(), Json.object("job", name, "differences", differences));
    } else if (differences.isEmpty()) {
      sluice.out().println(name + ": together and one by one make the same rows");
    } else {
      differences.forEach(sluice.out()::println);
      sluice.out().println(name + ": mixes its intervals; write batch = 1 in its definition");
    }
    return differences.isEmpty() ? Exit.OK : Exit.FAILED;
  }
}
