package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What undo puts back, and what a plan makes of it. */
class UndoTest {
  private static final List<String> SALE = List.of("raw.sale", "analysis.line", "aggregate.daily");

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRunIsPutBackExactlyAndAnUndoIsUndone(boolean internals) {
    TestLake lake = sales(internals);
    lake.run();
    Map<String, List<String>> before = rows(lake);
    lake.land("2011-01-02.csv", "code,amount", "a,30", "x,40", "y,50");
    lake.run();
    Map<String, List<String>> after = rows(lake);
    String run = lake.history().get(0).id();
    List<String> otherDays = files(lake, "2011-01-01");

    Shell.Said dry = lake.made("undo", run, "--dry-run");
    assertTrue(dry.out().contains("raw.sale         2011-01-02"), dry.out());
    assertEquals(after, rows(lake));

    lake.made("undo", run);
    assertEquals(before, rows(lake));
    assertEquals(otherDays, files(lake, "2011-01-01"));
    assertEquals("", lake.plan());
    assertEquals("undo " + run, lake.history().get(0).command());

    lake.made("undo", lake.history().get(0).id());
    assertEquals(after, rows(lake));
    assertEquals("", lake.plan());

    Shell.Said said = lake.made("undo", "raw.sale", "--date", "2011-01-02");
    assertTrue(said.out().contains("stale then: analysis.line 2011-01-02"), said.out());
    assertEquals(before.get("raw.sale"), lake.rows("raw.sale"));
    assertEquals(after.get("analysis.line"), lake.rows("analysis.line"));
    assertEquals(
        """
        analysis.line | 1 | 2011-01-02 | input changed (raw.sale at version 4)
        aggregate.daily | 1 | 2011-01-02 | upstream (analysis.line)
        """,
        lake.plan());
    lake.run();
    assertEquals(before, rows(lake));

    lake.land("2011-01-02.csv", "code,amount", "z,1");
    lake.run();
    assertEquals(List.of("z|1|2011-01-02"), day(lake, "2011-01-02"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasNotMadeBeforeIsNotMadeAnyMore(boolean internals) {
    TestLake lake = sales(internals).now("2011-01-03T04:00:00Z");
    lake.run();
    Map<String, List<String>> two = rows(lake);
    lake.now("2011-01-04T04:00:00Z").run();
    Map<String, List<String>> three = rows(lake);

    lake.made("undo", lake.history().get(0).id());
    assertEquals(two, rows(lake));
    String plan = lake.plan();
    assertTrue(plan.contains("raw.sale | 1 | 2011-01-03 | missing"), plan);
    assertEquals(3, plan.lines().count(), plan);
    lake.run();
    assertEquals(three, rows(lake));

    String first = lake.history().get(lake.history().size() - 1).id();
    lake.made("undo", lake.history().get(0).id());
    lake.made("undo", first);
    assertEquals(List.of(), lake.rows("raw.sale"));
    assertTrue(lake.plan().contains("raw.sale | 3 | 2011-01-01 .. 2011-01-03 | missing"));
    Shell.Said again = lake.type("undo", first);
    assertEquals(2, again.exit());
    assertTrue(again.err().contains("was undone already"), again.err());
    lake.run();
    assertEquals(three, rows(lake));
  }

  private TestLake sales(boolean internals) {
    return SaleLake.at(folder)
        .file(
            "conf/lake.conf",
            "name = test\nspark { \"spark.sluice.table.internals\" = %s }\n".formatted(internals));
  }

  private static Map<String, List<String>> rows(TestLake lake) {
    Map<String, List<String>> rows = new TreeMap<>();
    SALE.forEach(table -> rows.put(table, lake.rows(table)));
    return rows;
  }

  private static List<String> day(TestLake lake, String day) {
    return lake.rows("analysis.line").stream().filter(row -> row.endsWith(day)).toList();
  }

  private static List<String> files(TestLake lake, String day) {
    return List.of(lake.table("raw.sale").where("day = DATE '%s'".formatted(day)).inputFiles());
  }
}
