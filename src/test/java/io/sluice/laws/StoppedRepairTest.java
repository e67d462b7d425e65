package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Engine;
import io.sluice.ledger.AttemptRow;
import io.sluice.repair.Care;
import io.sluice.repair.CarePlanner;
import io.sluice.repair.Undo;
import io.sluice.run.RealTimers;
import io.sluice.table.DeltaTables;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An undo, or the care of a table, stands still until another driver has taken the job over. */
class StoppedRepairTest {
  private static final List<String> SALE = List.of("raw.sale", "analysis.line", "aggregate.daily");
  private static final Instant THEN = Instant.parse("2011-01-04T05:00:00Z");

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anUndoPutsNothingBackAndSaysWhy(boolean internals) {
    TestLake lake =
        SaleLake.at(folder)
            .file(
                "conf/lake.conf",
                "name = test\nspark { \"spark.sluice.table.internals\" = %s }\n"
                    .formatted(internals));
    lake.run();
    lake.land("2011-01-02.csv", "code,amount", "a,30", "x,40").run();
    String run = lake.history().get(0).id();
    Map<String, List<String>> rows = new TreeMap<>();

    Undo.Ended ended =
        UndoByHand.run(
            lake,
            THEN,
            run,
            tables ->
                (restore, receipt) -> {
                  anotherDriverRuns(lake);
                  SALE.forEach(table -> rows.put(table, lake.rows(table)));
                  return tables.restore(restore, receipt);
                });

    assertEquals(4, ended.exit());
    assertTrue(
        ended.lastLine().startsWith("0 of 3 tables put back; ")
            && ended
                .lastLine()
                .endsWith(
                    " took raw.sale over while this driver stood still; nothing of it was put back"),
        ended.lastLine());
    SALE.forEach(table -> assertEquals(rows.get(table), lake.rows(table)));
    assertTrue(lake.rows("analysis.line").contains("q|7|2011-01-02"), rows::toString);
    for (String table : SALE) {
      assertTrue(lake.receipts(table).stream().allMatch(receipt -> receipt.undone().isEmpty()));
    }
    assertEquals("", lake.plan());
    List<AttemptRow> undo =
        lake.attempts().stream().filter(attempt -> attempt.run().equals("dying")).toList();
    assertEquals(List.of("interrupted"), undo.stream().map(AttemptRow::state).toList());
    assertTrue(lake.attempts().stream().noneMatch(attempt -> attempt.state().equals("running")));

    lake.made("undo", lake.history().get(0).id());
    assertTrue(
        lake.rows("analysis.line").contains("x|40|2011-01-02"), "Whoever asks again gets it");
  }

  @Test
  void careDoesNoMoreAndSaysWhy() {
    TestLake lake =
        SaleLake.at(folder)
            .remove("jobs/analysis/line.sql")
            .remove("jobs/aggregate/daily.sql")
            .edit(
                "jobs/raw/sale.conf",
                text ->
                    text
                        + "end = 2011-01-03\nspark { \"spark.sql.files.maxRecordsPerFile\" = 1 }\n");
    lake.land("2011-01-02.csv", "code,amount", "a,1", "b,2", "c,3", "d,4", "e,5", "f,6").run();
    List<Long> versions = new ArrayList<>();

    try (Engine engine = lake.shell().open();
        RealTimers timers = new RealTimers()) {
      SettableClock clock = new SettableClock(THEN);
      Care care =
          new Care(
              engine.lake(),
              engine.ledger(),
              clock,
              row -> UndoByHand.holding(engine, row, clock, timers),
              new CarePlanner(engine.lake(), engine.ledger(), path -> List.of()),
              path -> {
                anotherDriverRuns(lake);
                versions.add(lake.version("raw.sale").orElseThrow());
                return DeltaTables.care(TestSpark.session().newSession(), path);
              });

      Care.Ended ended =
          care.run(
              List.copyOf(engine.lake().jobs().values()), true, UndoByHand.row(THEN), done -> {});

      assertEquals(4, ended.exit());
      assertTrue(
          ended.lastLine().startsWith("took care of 0 of 1 tables; raw.sale: ")
              && ended
                  .lastLine()
                  .endsWith(
                      " took raw.sale over while this driver stood still; what is left is not done"),
          ended.lastLine());
    }
    assertEquals(versions.get(0), lake.version("raw.sale").orElseThrow());
    assertEquals("", lake.plan());
    assertTrue(
        lake.made("care", "--now").out().contains("compacted 6 files into 1"),
        "Whoever comes next does it");
  }

  private static void anotherDriverRuns(TestLake lake) {
    lake.now("2011-01-04T06:00:00Z")
        .land("2011-01-02.csv", "code,amount", "q,7", "b,2", "c,3", "d,4", "e,5", "f,6")
        .run();
  }
}
