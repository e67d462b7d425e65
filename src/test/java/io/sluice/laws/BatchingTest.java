package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.TableName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Batching changes nothing: intervals made together are those made one by one. Of more than a
 * month, as by {@code -Dsluice.split.days=374}, each split is compared with all days in one task.
 */
class BatchingTest {
  private static final int DAYS = Integer.getInteger("sluice.split.days", 7);
  private static final boolean IS_SHORT = DAYS <= 31;
  private static final int LINES = IS_SHORT ? 100 : 30;

  @TempDir static Path temp = Path.of("");

  private static final Map<String, List<String>> UNSPLIT = new HashMap<>();

  @BeforeAll
  static void makeWhatSplitsAreComparedWith() {
    TestLake lake = SampleExtract.at(temp.resolve("alone"), DAYS, LINES, IS_SHORT ? 1 : DAYS);
    assertTrue(!IS_SHORT || lake.tasks().stream().allMatch(task -> task.intervals().size() == 1));
    lake.run();
    SampleExtract.TABLES.forEach(table -> UNSPLIT.put(table, lake.rows(table)));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void theSampleIsTheSameHoweverItIsSplit(long seed) {
    Random random = new Random(seed);
    TestLake lake =
        SampleExtract.at(
            temp.resolve("split" + seed), DAYS, LINES, table -> 2 + random.nextInt(DAYS - 1));
    for (int day = random.nextInt(DAYS); day < DAYS; day += 1 + random.nextInt(DAYS)) {
      lake.run("--to", SampleExtract.FIRST.plusDays(day).toString());
    }
    lake.run();
    for (String table : SampleExtract.TABLES) {
      assertEquals(UNSPLIT.get(table), lake.rows(table), table + ", seed " + seed);
    }
    assertEquals("", lake.plan());
  }

  @Test
  void rowsNumberedOverAllOfATaskAreMadeADayATask() {
    TestLake lake =
        TestLake.at(temp.resolve("numbered"), "2011-01-04T00:00:00Z")
            .file(
                "jobs/raw/sale.conf",
                """
                source { type = files, path = "landing/{yyyy-MM-dd}.csv", format = csv, options { header = true } }
                partition-by = day
                start = 2011-01-01
                """)
            .file(
                "jobs/analysis/numbered.sql",
                """
                /* sluice
                  partition-by = day
                */
                SELECT
                  code,
                  row_number() OVER (ORDER BY code) AS number,
                  day
                FROM raw.sale
                """)
            .land("2011-01-01.csv", "code", "a", "b")
            .land("2011-01-02.csv", "code", "a", "c")
            .land("2011-01-03.csv", "code", "b");

    assertTrue(
        lake.made("check").out().contains("jobs/analysis/numbered.sql:6"),
        () -> lake.made("check").out());
    assertEquals(
        Optional.of(1),
        lake.ask(
            engine ->
                engine
                    .lake()
                    .find(TableName.parse("analysis.numbered").orElseThrow())
                    .map(job -> job.effort().batch())));
    lake.run();
    assertEquals(
        List.of(
            "a|1|2011-01-01",
            "a|1|2011-01-02",
            "b|1|2011-01-03",
            "b|2|2011-01-01",
            "c|2|2011-01-02"),
        lake.rows("analysis.numbered"));
  }
}
