package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Engine;
import io.sluice.cli.Shell;
import io.sluice.deltalog.TableLog;
import io.sluice.graph.Graph;
import io.sluice.lake.Lake;
import io.sluice.ledger.RunRow;
import io.sluice.repair.Undo;
import io.sluice.repair.UndoPlanner;
import io.sluice.repair.UndoRequest;
import io.sluice.survey.LandedReceipts;
import io.sluice.survey.Unobtainable;
import io.sluice.table.DeltaTables;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An undo that dies leaves nothing half, and the same command or the next run goes on from it. */
class KilledUndoTest {
  private static final List<String> SALE = List.of("raw.sale", "analysis.line", "aggregate.daily");
  private static final Instant DYING = Instant.parse("2011-01-04T05:00:00Z");

  @TempDir Path folder = Path.of("");

  /** When the process ends. */
  private enum Moment {
    AFTER_THE_FIRST_COMMIT,
    BEFORE_THE_SECOND_COMMIT
  }

  @Test
  void theNextRunTakesOverWhatHadBeenPutBack() {
    TestLake lake = SaleLake.at(folder);
    lake.run();
    Map<String, List<String>> before = rows(lake);
    String run = changed(lake);

    die(lake, run, Moment.AFTER_THE_FIRST_COMMIT);
    assertEquals(before.get("raw.sale"), lake.rows("raw.sale"));

    lake.now("2011-01-04T06:00:00Z");
    Shell.Said said = lake.run();
    assertTrue(said.err().contains("settled: raw.sale"), said.err());
    assertEquals(before, rows(lake));
    assertTrue(lake.attempts().stream().noneMatch(row -> row.state().equals("running")));
    assertEquals("", lake.plan());
  }

  @Test
  void theSameCommandPutsBackTheRest() {
    TestLake lake = SaleLake.at(folder);
    lake.run();
    Map<String, List<String>> before = rows(lake);
    String run = changed(lake);
    lake.ask(
        engine ->
            engine.ledger().lease("analysis.line", "other/1/1/1", DYING, Duration.ofHours(9)));
    Shell.Said held = lake.type("undo", run);
    assertEquals(4, held.exit());
    assertTrue(held.out().contains("analysis.line is held by another driver"), held.out());
    lake.ask(
        engine -> {
          engine.ledger().release("analysis.line", "other/1/1/1");
          return true;
        });

    die(lake, run, Moment.BEFORE_THE_SECOND_COMMIT);
    lake.now("2011-01-04T06:00:00Z");
    assertEquals(before.get("raw.sale"), lake.rows("raw.sale"));
    assertTrue(lake.plan().startsWith("analysis.line | 1 | 2011-01-02 | input changed"));

    lake.made("undo", run);
    assertEquals(before, rows(lake));
    assertEquals("", lake.plan());
  }

  private static String changed(TestLake lake) {
    lake.land("2011-01-02.csv", "code,amount", "a,30", "x,40");
    lake.run();
    return lake.history().get(0).id();
  }

  private static void die(TestLake lake, String run, Moment moment) {
    try (Engine engine = lake.shell().open()) {
      Lake its = engine.lake();
      LandedReceipts receipts =
          new LandedReceipts(
              its,
              engine.ledger(),
              (path, version) -> TableLog.at(path, its.spark()).since(version),
              Unobtainable.NONE,
              (job, intervals) -> Map.of());
      UndoPlanner planner =
          new UndoPlanner(
              its,
              engine.ledger(),
              (path, version) -> TableLog.at(path, its.spark()).since(version),
              new Graph(its).order());
      SparkSession session = TestSpark.session().newSession();
      int[] commits = {0};
      Undo undo =
          new Undo(
              its,
              engine.ledger(),
              new SettableClock(DYING),
              (restore, receipt) -> {
                if (commits[0]++ == 1) {
                  throw new Killed();
                }
                long version = new DeltaTables(session).restore(session, restore, receipt);
                if (moment == Moment.AFTER_THE_FIRST_COMMIT) {
                  throw new Killed();
                }
                return version;
              },
              receipts::landed,
              (job, intervals) -> Map.of());
      RunRow row =
          new RunRow("dying", "undo", "a/1/1/dying", DYING, Optional.empty(), Optional.empty(), "");
      assertThrows(
          Killed.class, () -> undo.run(planner.plan(new UndoRequest.OfRun(run)), planner, row));
    }
  }

  /** Nobody catches it, as nobody catches a signal. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private static Map<String, List<String>> rows(TestLake lake) {
    Map<String, List<String>> rows = new TreeMap<>();
    SALE.forEach(table -> rows.put(table, lake.rows(table)));
    return rows;
  }
}
