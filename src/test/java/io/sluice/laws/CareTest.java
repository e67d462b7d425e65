package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Engine;
import io.sluice.cli.Shell;
import io.sluice.table.DeltaTables;
import io.sluice.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What care does to tables, and what it leaves alone. */
class CareTest {
  private static final String DAY = "lake/raw/sale/day=2011-01-02/";

  @TempDir Path folder = Path.of("");

  @Test
  void smallFilesArePutTogetherOrphansGoAndNothingThatCountsIsLost() throws IOException {
    TestLake lake = smallFiles();
    lake.run();
    List<String> before = lake.rows("raw.sale");
    lake.land("2011-01-02.csv", "code,amount", "a,1", "b,2", "c,3", "d,4", "e,5", "f,6");
    lake.run();
    List<String> after = lake.rows("raw.sale");
    String run = lake.history().get(0).id();
    assertEquals(6, files(lake, "2011-01-02"));
    file(DAY + "part-lost.parquet", Duration.ofDays(99));
    file(DAY + "part-new.parquet", Duration.ZERO);
    file("lake/raw/sale/_sluice/staging/dead-1.1/part.parquet", Duration.ZERO);
    quarantine(lake, "dead-1.1");
    lake.now(Instant.now().toString());

    String dry = lake.made("care", "--dry-run", "--select", "raw.sale").out();
    for (String told :
        List.of(
            "compact 6 small files of day=2011-01-02",
            "orphan day=2011-01-02/part-lost.parquet, 4 B: remove",
            "orphan day=2011-01-02/part-new.parquet, 4 B: too young to remove",
            "staged by dead attempt dead-1.1: remove",
            "quarantine: take out rows of dead attempt dead-1.1")) {
      assertTrue(dry.contains(told), dry);
    }
    assertTrue(Files.exists(folder.resolve(DAY + "part-lost.parquet")));

    Shell.Said said = lake.made("care", "--select", "raw.sale");
    assertTrue(said.out().contains("compacted 6 files into 1"), said.out());
    assertTrue(said.out().contains("removed 1 files, 4 B"), said.out());
    assertEquals("took care of 1 of 1 tables", said.lastLine());
    assertEquals(1, files(lake, "2011-01-02"));
    assertEquals(after, lake.rows("raw.sale"));
    assertEquals("", lake.plan());
    assertFalse(Files.exists(folder.resolve(DAY + "part-lost.parquet")));
    assertTrue(Files.exists(folder.resolve(DAY + "part-new.parquet")));
    assertFalse(Files.exists(folder.resolve("lake/raw/sale/_sluice/staging/dead-1.1")));
    assertEquals("care", lake.history().get(0).command());

    try (Engine engine = lake.shell().openWithoutSpark()) {
      assertEquals("nothing to do", engine.care(List.of(), false, done -> {}).lastLine());
      assertFalse(engine.planCare(List.of("raw.sale"), false).get(0).isNeeded());
    }

    lake.made("undo", run);
    assertEquals(before, lake.rows("raw.sale"));
    assertEquals("", lake.plan("--select", "raw.sale"));
  }

  @Test
  void whatIsWrongWithOneTableDoesNotStopTheOthers() throws IOException {
    TestLake lake =
        smallFiles()
            .file(
                "jobs/analysis/broken.sql",
                """
                /* sluice
                  partition-by = day
                */
                SELECT code, day FROM raw.sale
                """);
    lake.land("2011-01-02.csv", "code,amount", "a,1", "b,2", "c,3", "d,4", "e,5").run();
    Files.writeString(
        folder.resolve("lake/analysis/broken/_delta_log/00000000000000000001.json"), "{\"add\":");
    lake.now(Instant.now().toString());

    Shell.Said said = lake.type("care");

    assertEquals(3, said.exit(), said.out());
    assertTrue(said.out().contains("compacted 5 files into 1"), said.out());
    assertTrue(
        said.lastLine().startsWith("took care of 1 of 2 tables; analysis.broken: Can't read the"),
        said.out());
  }

  @Test
  void rowsArePutInOrderAndATableThatIsHeldIsLeftAlone() {
    TestLake lake =
        smallFiles()
            .edit(
                "jobs/raw/sale.conf",
                text -> text + "care { zorder = [code], keep = 45 days, every = 1 day }\n");
    lake.run();
    List<String> rows = lake.rows("raw.sale");
    lake.now(Instant.now().toString());
    lake.ask(
        engine ->
            engine.ledger().lease("raw.sale", "other/1/1/1", Instant.now(), Duration.ofHours(9)));
    Shell.Said held = lake.type("care");
    assertEquals(4, held.exit(), held.out());
    assertTrue(held.out().contains("raw.sale is held by another driver"), held.out());
    lake.ask(
        engine -> {
          engine.ledger().release("raw.sale", "other/1/1/1");
          return true;
        });

    Shell.Said said = lake.made("care");

    assertTrue(said.out().contains("put in order by [code] 6 files into 3"), said.out());
    assertEquals(rows, lake.rows("raw.sale"));
    assertEquals("", lake.plan());
    assertEquals(
        "interval 45 days",
        session()
            .sql("DESCRIBE DETAIL delta.`%s`".formatted(lake.path("raw.sale")))
            .selectExpr("properties['delta.deletedFileRetentionDuration']")
            .head()
            .getString(0));
    assertEquals("nothing to do", lake.made("care", "--now").lastLine());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLogForgetsWhatIsOldAfterACheckpoint(boolean internals) throws IOException {
    TestLake lake =
        smallFiles()
            .file(
                "conf/lake.conf",
                "name = test\nspark { \"spark.sluice.table.internals\" = %s }\n"
                    .formatted(internals));
    lake.run();
    Path checkpoint = Path.of(lake.path("raw.sale"), "_delta_log/_last_checkpoint");
    assertFalse(Files.exists(checkpoint));
    lake.backfill("--date", "2011-01-02");
    Path log = Path.of(lake.path("raw.sale"), "_delta_log");
    Path first = log.resolve("%020d.json".formatted(0));
    for (long version = 0; version <= lake.version("raw.sale").orElseThrow(); version++) {
      Files.setLastModifiedTime(
          log.resolve("%020d.json".formatted(version)),
          FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }
    lake.now("2100-01-01T00:00:00Z");
    Shell.Said said = lake.made("care", "--now");
    assertTrue(said.out().contains("let the log forget "), said.out());
    assertTrue(Files.exists(checkpoint));
    assertFalse(Files.exists(first));
    Map<String, String> properties =
        session()
            .sql("DESCRIBE DETAIL delta.`%s`".formatted(lake.path("raw.sale")))
            .select("properties")
            .head()
            .getJavaMap(0);
    assertEquals("100", properties.get("delta.checkpointInterval"));
    assertEquals("false", properties.get("delta.enableExpiredLogCleanup"));
    assertEquals(3, lake.rows("raw.sale", "day").stream().distinct().count());
    assertEquals("", lake.plan());
    Shell.Said refused = lake.type("undo", "raw.sale", "--date", "2011-01-02");
    assertEquals(2, refused.exit(), refused.out());
    assertTrue(refused.err().contains("its log begins with version "), refused.err());
    assertEquals(
        List.of("day=2011-01-01", "day=2011-01-02", "day=2011-01-03"),
        DeltaTables.care(session(), lake.path("raw.sale")).liveFiles().stream()
            .map(file -> file.substring(0, file.indexOf('/')))
            .distinct()
            .sorted()
            .toList());

    String status = lake.made("status").out();
    lake.remove(".sluice");
    Shell.Said plan = lake.made("plan");
    assertEquals("", TestLake.tasks(plan.out()));
    assertTrue(plan.err().contains("2 receipts of raw.sale: taken in"), plan.err());
    assertEquals(status, lake.made("status").out());

    lake.remove("lake/raw/sale/_sluice/receipts").remove(".sluice");
    Shell.Said unknown = lake.made("plan");
    assertEquals("", TestLake.tasks(unknown.out()));
    // Two commits of its own lie behind what the public path lets the log forget.
    for (String days :
        internals
            ? List.of("2011-01-01 (1)", "2011-01-03 (1)")
            : List.of("2011-01-01 .. 2011-01-03 (3)")) {
      String told = "raw.sale %s: the rows are there, no receipt is: ".formatted(days);
      assertTrue(unknown.err().contains(told), unknown.err());
    }
  }

  /** One table, a file a row. */
  private TestLake smallFiles() {
    return SaleLake.at(folder)
        .remove("jobs/analysis/line.sql")
        .remove("jobs/aggregate/daily.sql")
        .edit(
            "jobs/raw/sale.conf",
            text ->
                text + "end = 2011-01-03\nspark { \"spark.sql.files.maxRecordsPerFile\" = 1 }\n");
  }

  private static long files(TestLake lake, String day) {
    return lake.table("raw.sale").where("day = DATE '%s'".formatted(day)).inputFiles().length;
  }

  private void file(String name, Duration age) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "lost");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private static void quarantine(TestLake lake, String attempt) {
    SparkSession session = session();
    new DeltaTables(session)
        .quarantine(
            session,
            lake.folder().resolve("lake/quarantine/raw/sale").toString(),
            attempt,
            session.sql(
                "SELECT TIMESTAMP_NTZ '2011-01-01' AS interval_from, TIMESTAMP_NTZ '2011-01-02' AS"
                    + " interval_to, 'r' AS rule, '' AS reason, '' AS source, 'x' AS row"));
  }

  private static SparkSession session() {
    return TestSpark.session().newSession();
  }
}
