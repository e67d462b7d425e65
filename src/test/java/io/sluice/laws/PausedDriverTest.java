package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.deltalog.Receipt;
import io.sluice.ledger.AttemptRow;
import io.sluice.time.Interval;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A driver stands still in the middle of a task until another has taken its job over. */
class PausedDriverTest {
  private static final String LINES =
      """
      /* sluice
        partition-by = day
      */
      SELECT code, amount, day FROM raw.sale
      """;

  @TempDir Path temp = Path.of("");

  @ParameterizedTest
  @CsvSource({"false, true", "true, true", "true, false"})
  void itPublishesNothingAndSaysWhy(boolean isThere, boolean internals) throws Exception {
    TestLake lake =
        TestLake.at(temp.resolve("lake"), "2030-01-01T00:00:00Z")
            .file(
                "conf/lake.conf",
                """
                name = test
                parallel = 1
                spark { "spark.sluice.table.internals" = %s }
                """
                    .formatted(internals))
            .file("jobs/raw/sale.conf", SaleLake.RAW + "end = 2011-01-02\n")
            .file("jobs/analysis/line.sql", LINES)
            .file("jobs/analysis/other.sql", LINES)
            .land("2011-01-01.csv", "code,amount", "a,1", "b,2", "c,3", "d,4", "e,5");
    if (isThere) {
      lake.run("--to", "2011-01-01");
    }
    lake.land("2011-01-02.csv", "code,amount", "a,3", "c,4", "d,5", "e,6", "f,7");
    List<Receipt> before = lake.receipts("analysis.line");

    try (ChildRun paused =
        ChildRun.startWithFault(lake.folder(), "pause-before-commit:analysis.line")) {
      paused.awaitStop();
      assertEquals(before, lake.receipts("analysis.line"), "It is in the middle of it");

      // Years later, by this driver's clock.
      lake.run("--select", "analysis.line");
      List<Receipt> after = lake.receipts("analysis.line");
      assertEquals(2, intervals(after).size(), "Each day has one receipt");
      assertEquals(2, intervals(after).stream().distinct().count());
      List<String> rows = lake.rows("analysis.line", "code", "amount", "day");
      paused.goOn();

      List<String> screen = paused.screen();
      assertEquals(0, paused.exit(), () -> String.join("\n", screen));
      assertTrue(
          screen.get(screen.size() - 1).contains("made by another run"),
          () -> String.join("\n", screen));
      assertEquals(after, lake.receipts("analysis.line"));
      assertEquals(rows, lake.rows("analysis.line", "code", "amount", "day"));
    }
    assertEquals(10, lake.rows("analysis.line").size());
    assertEquals(10, lake.rows("analysis.other").size(), "It went on with the other job");
    assertEquals("", lake.plan());
    List<AttemptRow> interrupted =
        lake.attempts().stream().filter(row -> row.state().equals("interrupted")).toList();
    assertEquals(1, interrupted.size());
    assertTrue(
        interrupted.get(0).message().contains(" took analysis.line over"),
        interrupted.get(0).message());
    assertTrue(lake.attempts().stream().noneMatch(row -> row.state().equals("running")));
  }

  private static List<Interval> intervals(List<Receipt> receipts) {
    return receipts.stream()
        .flatMap(receipt -> receipt.made().stream())
        .map(Receipt.Made::interval)
        .toList();
  }
}
