package io.sluice.cli;

import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sql}: asks the lake. */
@Command(
    name = "sql",
    description = "Answers a query over the lake's tables, named layer.table.",
    footer = {
      "",
      "Example:",
      "  sluice sql 'SELECT country, sum(revenue_gbp) FROM aggregate.daily_sales GROUP BY country'"
    })
final class SqlCommand implements Callable<Integer> {
  private final SluiceCommand sluice;

  @Parameters(paramLabel = "QUERY", description = "One SELECT, in quotes.")
  String query = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many rows (default: 100 of a table, all of --json).")
  @Nullable Integer limit;

  @Option(names = "--json", description = "One JSON document instead of a table.")
  boolean json;

  SqlCommand(SluiceCommand sluice) {
    this.sluice = sluice;
  }

  private static final int A_SCREEN = 100;

  @Override
  public Integer call() {
    OptionalInt most =
        limit != null
            ? OptionalInt.of(limit)
            : json ? OptionalInt.empty() : OptionalInt.of(A_SCREEN);
    try (Engine engine = sluice.open()) {
      RowsView.print(sluice.out(), engine.sql(query, most), json);
    }
    return Exit.OK;
  }
}
