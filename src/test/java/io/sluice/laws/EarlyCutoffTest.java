package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.TableLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made again and comes to the same rows changes nothing and is no reason for others. */
class EarlyCutoffTest {
  private static final String SHAPE = "partition-by = day\n";
  private static final String HASHLESS = "spark { \"spark.sluice.table.hashes\" = false }\n";
  private static final List<String> JOBS =
      List.of("jobs/raw/sale.conf", "jobs/analysis/line.sql", "jobs/aggregate/daily.sql");
  private static final List<String> TABLES =
      List.of("raw.sale", "analysis.line", "aggregate.daily");

  @TempDir Path folder = Path.of("");

  private TestLake lake = TestLake.of(folder, "2011-01-04T04:00:00Z");

  @BeforeEach
  void makeALake() {
    lake = SaleLake.at(folder);
    lake.run();
  }

  @Test
  void aFileThatComesAgainWithTheSameRowsIsNoReasonForItsReaders() {
    List<String> rows = lake.rows("aggregate.daily");
    lake.land("2011-01-02.csv", "code,amount", "c,4", "a,3");
    assertEquals(
        """
        raw.sale | 1 | 2011-01-02 | source changed (2011-01-02.csv changed)
        analysis.line | 1 | 2011-01-02 | upstream (raw.sale)
        aggregate.daily | 1 | 2011-01-02 | upstream (analysis.line)
        """,
        lake.plan());

    assertEquals("Made 1 of 3 intervals (2 rows); 2 unchanged", lake.run().lastLine());

    Commit last = last("raw.sale");
    assertFalse(last.changesData(), "the commit has its receipt alone");
    assertEquals(1, last.receipt().orElseThrow().made().size());
    assertEquals(0, lake.version("analysis.line").orElseThrow());
    assertEquals(0, lake.version("aggregate.daily").orElseThrow());
    assertEquals(4, lake.attempts().size());
    assertEquals(rows, lake.rows("aggregate.daily"));
    assertEquals("", lake.plan());
  }

  @Test
  void aBrokenFileIsWrittenAgainThoughItsRowsAreTheSame() throws IOException {
    List<String> rows = lake.rows("raw.sale");
    Path day = Path.of(lake.path("raw.sale"), "day=2011-01-02");
    try (Stream<Path> files = Files.list(day)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".parquet")).toList()) {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
      }
    }

    lake.backfill("--select", "raw.sale", "--no-downstream", "--date", "2011-01-02");

    assertEquals(rows, lake.rows("raw.sale"));
    assertTrue(last("raw.sale").changesData(), "the file is another");
  }

  @Test
  void ofABatchOnlyTheDayThatIsOtherIsWrittenAndFollowed() {
    lake.edit(
        "jobs/analysis/line.sql",
        sql ->
            sql.replace(
                "amount, day", "if(day = DATE '2011-01-02', amount + 1, amount) AS amount, day"));

    assertEquals("Made 4 of 6 intervals (7 rows); 2 unchanged", lake.run("--changed").lastLine());

    List<Map<String, String>> second = List.of(Map.of("day", "2011-01-02"));
    assertEquals(second, last("analysis.line").partitions());
    assertEquals(3, last("analysis.line").receipt().orElseThrow().made().size());
    assertEquals(second, last("aggregate.daily").partitions());
    assertEquals(1, last("aggregate.daily").receipt().orElseThrow().made().size());
    assertEquals(
        List.of("2011-01-01|2|3", "2011-01-02|2|9", "2011-01-03|2|11"),
        lake.rows("aggregate.daily"));
    assertEquals("", lake.plan("--changed"));
  }

  @Test
  void aDefinitionThatMakesTheSameRowsIsNoReasonForItsReaders() {
    lake.edit(
        "jobs/analysis/line.sql", sql -> sql.replace("raw.sale", "raw.sale WHERE amount > 0"));

    assertEquals("Made 3 of 6 intervals (6 rows); 3 unchanged", lake.run("--changed").lastLine());

    assertFalse(last("analysis.line").changesData());
    assertEquals(0, lake.version("aggregate.daily").orElseThrow());
    assertEquals("", lake.plan("--changed"));

    lake.land("2011-01-02.csv", "code,amount", "c,5");
    assertEquals("Made 3 of 3 intervals (3 rows)", lake.run().lastLine());
    assertEquals(
        List.of("2011-01-01|2|3", "2011-01-02|1|5", "2011-01-03|2|11"),
        lake.rows("aggregate.daily"));
  }

  @Test
  void withoutHashesNothingIsTakenForUnchangedUntilThereIsSomethingToCompareWith()
      throws IOException {
    JOBS.forEach(job -> lake.edit(job, text -> text.replace(SHAPE, SHAPE + HASHLESS)));
    lake.land("2011-01-02.csv", "code,amount", "c,4", "a,3");
    assertEquals("Made 3 of 3 intervals (5 rows)", lake.run().lastLine());
    for (String table : TABLES) {
      assertTrue(last(table).changesData(), table);
      assertFalse(hasHashes(table), table);
    }

    JOBS.forEach(job -> lake.edit(job, text -> text.replace(HASHLESS, "")));
    lake.land("2011-01-02.csv", "code,amount", "a,3", "c,4");
    assertEquals("Made 3 of 3 intervals (5 rows)", lake.run().lastLine());
    for (String table : TABLES) {
      assertTrue(last(table).changesData(), table);
      assertTrue(hasHashes(table), table);
    }

    lake.land("2011-01-02.csv", "code,amount", "c,4", "a,3");
    assertEquals("Made 1 of 3 intervals (2 rows); 2 unchanged", lake.run().lastLine());
    assertEquals("", lake.plan());
  }

  /** Of the newest commit, whose receipt must say of its files what they say themselves. */
  private boolean hasHashes(String table) throws IOException {
    boolean isReceipt =
        last(table).receipt().orElseThrow().made().stream()
            .anyMatch(made -> made.hash().isPresent());
    String commit = "_delta_log/%020d.json".formatted(lake.version(table).orElseThrow());
    boolean isTag =
        Files.readAllLines(Path.of(lake.path(table), commit)).stream()
            .anyMatch(line -> line.startsWith("{\"add\":") && line.contains("\"sluice.rows\":"));
    assertEquals(isReceipt, isTag, table);
    return isReceipt;
  }

  @Test
  void whoWasMarkedBeforeIsMadeWhateverBecomesOfItsInput() {
    lake.land("2011-01-02.csv", "code,amount", "c,5");
    lake.run("--select", "raw.sale");
    lake.land("2011-01-02.csv", "code,amount", "c,5", "");
    String marked = lake.plan();
    assertNotEquals("", marked);

    assertEquals("Made 3 of 3 intervals (3 rows)", lake.run().lastLine());

    assertEquals(
        List.of("2011-01-01|2|3", "2011-01-02|1|5", "2011-01-03|2|11"),
        lake.rows("aggregate.daily"));
    assertEquals("", lake.plan());
  }

  private Commit last(String table) {
    List<Commit> commits = TableLog.at(lake.path(table), Map.of()).since(-1).commits();
    return commits.get(commits.size() - 1);
  }
}
