package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell;
import io.sluice.ledger.AttemptRow;
import io.sluice.plan.PlannedTask;
import io.sluice.testing.TestSpark;
import io.sluice.time.Interval;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The design's laws, each tried on a lake of three small tables. */
class LawsTest {
  private static final List<String> TABLES =
      List.of("raw.sale", "analysis.line", "aggregate.daily");

  @TempDir Path folder = Path.of("");

  @Test
  void makingEverythingASecondTimeLeavesTheSameRows() {
    TestLake lake = SaleLake.at(folder);
    lake.run();
    List<List<String>> once = TABLES.stream().map(table -> lake.rows(table)).toList();

    lake.backfill("--from", "2011-01-01", "--to", "2011-01-03");
    lake.backfill("--select", "raw.sale", "--date", "2011-01-02", "--no-downstream");

    assertEquals(once, TABLES.stream().map(table -> lake.rows(table)).toList());
    assertEquals("", lake.plan());
  }

  @Test
  void aReaderNeverSeesPartOfATaskNorWhatFailedItsAudit() throws Exception {
    TestLake lake = SaleLake.at(folder);
    landAll(lake, 1, 4);
    lake.run();
    AtomicBoolean ended = new AtomicBoolean();
    AtomicInteger looks = new AtomicInteger();
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    Thread reader = new Thread(() -> read(lake, ended, looks, seen), "reader");
    reader.start();
    try {
      for (int version = 2; version <= 4; version++) {
        landAll(lake, version, 4);
        lake.run();
        long before = lake.version("analysis.line").orElseThrow();
        landAll(lake, -version, 2);
        assertEquals(5, lake.type("run").exit());
        assertEquals(before, lake.version("analysis.line").orElseThrow());
      }
    } finally {
      ended.set(true);
      reader.join();
    }
    assertTrue(looks.get() > 2, "The reader came to see the table " + looks);
    Set<String> allowed = Set.of("1 x 12", "2 x 12", "3 x 12", "4 x 12");
    seen.removeAll(allowed);
    assertEquals(List.of(), List.copyOf(seen));
  }

  /**
   * Three days whose lines carry the version as amount; with fewer codes than lines, some twice.
   */
  private static void landAll(TestLake lake, int version, int codes) {
    for (int day = 1; day <= 3; day++) {
      String[] lines = new String[5];
      lines[0] = "code,amount";
      for (int i = 0; i < 4; i++) {
        lines[i + 1] = "%s,%d".formatted((char) ('a' + i % codes), version);
      }
      lake.land("2011-01-0%d.csv".formatted(day), lines);
    }
  }

  private static void read(
      TestLake lake, AtomicBoolean ended, AtomicInteger looks, Queue<String> seen) {
    SparkSession spark = TestSpark.session().newSession();
    while (!ended.get()) {
      StringBuilder state = new StringBuilder();
      for (Row row :
          spark
              .read()
              .format("delta")
              .load(lake.path("analysis.line"))
              .groupBy("amount")
              .count()
              .collectAsList()) {
        state.append("%d x %d".formatted(row.getInt(0), row.getLong(1)));
      }
      seen.add(state.toString());
      looks.incrementAndGet();
    }
  }

  @Test
  void oneBadDateFailsThatDateAndWhatNeedsIt() {
    TestLake lake = SaleLake.at(folder).land("2011-01-02.csv", "code,amount", "a,3", "a,4");

    Shell.Said said = lake.type("run");

    assertEquals(5, said.exit(), said.err());
    assertTrue(
        said.lastLine()
            .startsWith(
                "Made 7 of 9 intervals (12 rows); 1 failed, 1 skipped."
                    + " analysis.line 2011-01-02 failed (quality): "),
        said.lastLine());
    assertTrue(
        said.lastLine()
            .contains("2011-01-02, once: 1 row too many with the same code, such as (a)"),
        said.lastLine());
    assertEquals(List.of("2011-01-01|2|3", "2011-01-03|2|11"), lake.rows("aggregate.daily"));
  }

  @Test
  void aRunMakesWhatThePlanPrintedAndNoMore() {
    TestLake lake = SaleLake.at(folder);
    assertMakesWhatIsPlanned(lake, 9);
    lake.land("2011-01-02.csv", "code,amount", "a,30");
    assertMakesWhatIsPlanned(lake, 3);
    lake.now("2011-01-06T00:00:00Z").land("2011-01-05.csv", "code,amount", "x,x", "x,1", "x,2");
    assertMakesWhatIsPlanned(lake, 6);
  }

  private static void assertMakesWhatIsPlanned(TestLake lake, int intervals) {
    Set<String> planned = new HashSet<>();
    for (PlannedTask task : lake.tasks()) {
      task.intervals().forEach(interval -> planned.add(task.job() + " " + interval));
    }
    assertEquals(intervals, planned.size());
    lake.type("run");
    String newest = lake.history().get(0).id();
    for (AttemptRow attempt : lake.attempts()) {
      if (attempt.run().equals(newest)) {
        for (Interval interval : attempt.intervals().split(io.sluice.time.Cadence.DAY)) {
          assertTrue(
              planned.contains(attempt.job() + " " + interval),
              () -> attempt.job() + " " + interval + " was not planned: " + planned);
        }
      }
    }
  }

  @Test
  void theExitCodeTellsHowItWent() {
    TestLake lake = SaleLake.at(folder);
    assertEquals(2, lake.type("run", "--until", "2011").exit());
    assertEquals(0, lake.type("run").exit());

    lake.file(
        "jobs/raw/sale.conf",
        SaleLake.RAW + "expect { known = \"code IS NOT NULL\" }\nbroken = 1\n");
    assertEquals(2, lake.type("run").exit());
    lake.file(
        "jobs/raw/sale.conf", SaleLake.RAW.replace("columns { amount = int }", "missing = fail"));

    lake.now("2011-01-05T00:00:00Z");
    Shell.Said nothing = lake.type("run");
    assertEquals(5, nothing.exit(), nothing.out());
    assertTrue(nothing.lastLine().startsWith("Made 0 of 3 intervals"), nothing.lastLine());
  }

  @Test
  void aTechnicalFailureOfAllIsOneAndOfSomeIsThree() {
    TestLake lake = SaleLake.at(folder);
    lake.edit("jobs/analysis/line.sql", sql -> sql.replace("amount, day", "amont AS amount, day"));
    assertEquals(3, lake.type("run").exit());
    Shell.Said again = lake.type("run");
    assertEquals(1, again.exit(), again.out());
    assertTrue(again.lastLine().contains("jobs/analysis/line.sql:"), again.lastLine());
    assertTrue(again.lastLine().contains("amont"), again.lastLine());
  }

  @Test
  void whatAnotherDriverHoldsIsWaitedForAndThenLeftWithFour() {
    TestLake lake = SaleLake.at(folder);
    lake.run();
    lake.now("2011-01-05T00:00:00Z").land("2011-01-04.csv", "code,amount", "z,1");
    String other = "elsewhere/1/1/other-run";
    lake.ask(
        engine ->
            TABLES.stream()
                .map(
                    table ->
                        engine
                            .ledger()
                            .lease(
                                table,
                                other,
                                Instant.parse("2011-01-05T00:00:00Z"),
                                Duration.ofDays(1)))
                .toList());
    Shell.Said said = lake.typeInAHurry("run");
    assertEquals(4, said.exit(), said.out());
    assertTrue(said.lastLine().contains(other), said.lastLine());
  }
}
