package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Engine;
import io.sluice.cli.Shell;
import io.sluice.ledger.RunRow;
import io.sluice.repair.UndoPlan;
import io.sluice.repair.UndoRequest;
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

    try (Engine engine = lake.shell().openWithoutSpark()) {
      UndoPlan plan = engine.planUndo(new UndoRequest.OfRun(run));
      assertEquals(3, plan.tables().size());
      assertEquals(Map.of(), plan.stale());
    }
    Shell.Said dry = lake.made("undo", run, "--dry-run");
    assertTrue(dry.out().contains("raw.sale         2011-01-02"), dry.out());
    assertEquals(after, rows(lake));

    lake.made("undo", run);
    assertEquals(before, rows(lake));
    assertEquals(otherDays, files(lake, "2011-01-01"));
    assertEquals("", lake.plan());
    assertEquals("undo " + run, lake.history().get(0).command());
    String undo = lake.history().get(0).id();
    for (String file : List.of("ledger.db", "ledger.db-wal", "ledger.db-shm")) {
      assertTrue(folder.resolve(".sluice/" + file).toFile().delete() || !file.equals("ledger.db"));
    }
    assertEquals("", lake.plan(), "with a ledger from the receipts");

    lake.made("undo", undo);
    assertEquals(after, rows(lake));
    assertEquals("", lake.plan());

    long version = lake.version("raw.sale").orElseThrow();
    Shell.Said said = lake.made("undo", "raw.sale", "--date", "2011-01-02");
    assertTrue(said.out().contains("stale then: analysis.line 2011-01-02"), said.out());
    assertEquals(version + 1, lake.version("raw.sale").orElseThrow());
    assertEquals(before.get("raw.sale"), lake.rows("raw.sale"));
    assertEquals(after.get("analysis.line"), lake.rows("analysis.line"));
    assertEquals(
        """
        analysis.line | 1 | 2011-01-02 | input changed (raw.sale at version %d)
        aggregate.daily | 1 | 2011-01-02 | upstream (analysis.line)
        """
            .formatted(version + 1),
        lake.plan());
    lake.run();
    assertEquals(before, rows(lake));

    lake.land("2011-01-02.csv", "code,amount", "z,1");
    lake.run();
    assertEquals(List.of("z|1|2011-01-02"), day(lake, "2011-01-02"));
  }

  @Test
  void whatWasNotMadeBeforeIsNotMadeAnyMore() {
    TestLake lake = sales(true).now("2011-01-03T04:00:00Z");
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

  @Test
  void quarantinedRowsOfTheRunBeforeCountAgain() {
    TestLake lake =
        sales(true)
            .edit("jobs/raw/sale.conf", text -> text + "limit = 90 %\n")
            .land("2011-01-02.csv", "code,amount", "a,3", "c,four");
    lake.run();
    lake.land("2011-01-02.csv", "code,amount", "a,3", "c,five", "d,six");
    lake.run();
    assertEquals("c,five d,six", quarantined(lake));

    lake.made("undo", lake.history().get(0).id());

    assertEquals("c,four", quarantined(lake));
    assertEquals("", lake.plan());
  }

  private static String quarantined(TestLake lake) {
    return String.join(
        " ",
        lake.made("sql", "SELECT row FROM quarantine.raw.sale ORDER BY row")
            .out()
            .lines()
            .filter(line -> line.contains(","))
            .map(String::strip)
            .toList());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofVersionsWhatCameLaterGoesTooAndIsSaidFirst(boolean internals) {
    TestLake lake =
        sales(internals)
            .remove("jobs/analysis/line.sql")
            .remove("jobs/aggregate/daily.sql")
            .file(
                "jobs/analysis/price.sql",
                """
                /* sluice
                  interval-by = _day
                  write { mode = scd2, key = [code], absent = close }
                */
                SELECT code, amount, day AS _day FROM raw.sale
                """)
            .now("2011-01-02T04:00:00Z");
    lake.run();
    List<String> first = lake.rows("analysis.price");
    lake.now("2011-01-03T04:00:00Z").run();
    lake.now("2011-01-04T04:00:00Z").run();
    List<String> all = lake.rows("analysis.price");

    Shell.Said refused = lake.type("undo", "price", "--date", "2011-01-02");
    assertEquals(2, refused.exit(), refused.out());
    assertTrue(
        refused.out().contains("analysis.price 2011-01-03 of run " + lake.history().get(0).id()),
        refused.out());
    assertEquals(all, lake.rows("analysis.price"));

    lake.made("undo", "price", "--date", "2011-01-02", "--yes");
    assertEquals(first, lake.rows("analysis.price"));
    assertEquals(
        "analysis.price | 2 | 2011-01-02 .. 2011-01-03 | missing\n",
        lake.plan()
            .replace(
                " | 1 | 2011-01-02 | missing\nanalysis.price | 1 | 2011-01-03 |",
                " | 2 | 2011-01-02 .. 2011-01-03 |"));
    lake.run();
    assertEquals(all, lake.rows("analysis.price"));

    lake.backfill("--select", "price", "--date", "2011-01-01");
    lake.made("undo", lake.history().get(0).id());
    assertEquals(all, lake.rows("analysis.price"));
    assertEquals("", lake.plan());

    List<RunRow> history = lake.history();
    lake.made("undo", history.get(history.size() - 1).id(), "--yes");
    assertEquals(List.of(), lake.rows("analysis.price"));
    lake.run();
    assertEquals(all, lake.rows("analysis.price"));
  }

  @Test
  void rowsFromBeforeAColumnBecameWiderAreThereAgainInTheWiderOne() {
    TestLake lake =
        sales(true)
            .remove("jobs/analysis/line.sql")
            .remove("jobs/aggregate/daily.sql")
            .edit(
                "jobs/raw/sale.conf", text -> text.replace("columns { amount = int }", "").strip());
    lake.run();
    List<String> before = lake.rows("raw.sale", "code", "cast(amount AS INT)", "day");
    lake.land("2011-01-02.csv", "code,amount,more", "a,3.5,x", "c,4,y");
    lake.run();
    List<String> after = lake.rows("raw.sale");

    Shell.Said dry = lake.made("undo", lake.history().get(0).id(), "--dry-run", "--json");
    assertTrue(dry.out().contains("\"restored\":[{\"from\":\"2011-01-02"), dry.out());
    assertTrue(dry.out().contains("\"whole\":false"), dry.out());
    lake.made("undo", lake.history().get(0).id());

    assertEquals(before, lake.rows("raw.sale", "code", "cast(amount AS INT)", "day"));
    assertEquals("", lake.plan());
    lake.made("undo", lake.history().get(0).id());
    assertEquals(after, lake.rows("raw.sale"));
  }

  @Test
  void aMergeInOrderGoesOnFromWhereItWasPutBackTo() {
    TestLake lake =
        TestLake.at(folder, "2011-01-03T04:00:00Z")
            .file(
                "jobs/raw/change.conf", SaleLake.RAW.replace("amount = int", "id = int, seq = int"))
            .file(
                "jobs/analysis/person.sql",
                """
                /* sluice
                  interval-by = _day
                  write { mode = merge, key = [id], sequence-by = seq, delete-when = "op = 'D'", nulls = keep }
                */
                SELECT id, op, name, city, seq, day AS _day FROM raw.change
                """)
            .land("2011-01-01.csv", "id,op,name,city,seq", "1,U,ann,rome,1", "2,U,bob,oslo,2")
            .land("2011-01-02.csv", "id,op,name,city,seq", "1,U,,paris,3", "2,D,,,4")
            .land("2011-01-03.csv", "id,op,name,city,seq", "3,U,cid,bonn,5", "2,U,bo,,6");
    lake.run();
    List<String> two = lake.rows("analysis.person");
    lake.now("2011-01-04T00:00:00Z").run();
    List<String> three = lake.rows("analysis.person");

    lake.made("undo", lake.history().get(0).id());
    assertEquals(two, lake.rows("analysis.person"));
    lake.run();
    assertEquals(three, lake.rows("analysis.person"));
    lake.backfill("--select", "person", "--date", "2011-01-02");
    assertEquals(three, lake.rows("analysis.person"));
    assertEquals("", lake.plan());
  }

  @Test
  void whatVacuumRemovedOrOthersChangedIsRefusedAndNothingIsTouched() {
    TestLake lake = sales(true);
    lake.run();
    lake.land("2011-01-02.csv", "code,amount", "a,30");
    lake.run();
    String run = lake.history().get(0).id();
    var spark = lake.table("analysis.line").sparkSession();
    spark.sql(
        "DELETE FROM delta.`%s` WHERE day = DATE '2011-01-02' AND code = 'a'"
            .formatted(lake.path("analysis.line")));
    Map<String, List<String>> now = rows(lake);

    Shell.Said foreign = lake.type("undo", run);
    assertEquals(2, foreign.exit());
    assertTrue(
        foreign
            .err()
            .contains(
                "analysis.line 2011-01-02: changed since by others (DELETE at version 2), which would"
                    + " be lost"),
        foreign.err());
    assertEquals(now, rows(lake));

    spark.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
    spark.sql("VACUUM delta.`%s` RETAIN 0 HOURS".formatted(lake.path("raw.sale")));
    Shell.Said gone = lake.type("undo", "raw.sale", "--date", "2011-01-02", "--dry-run");
    assertEquals(2, gone.exit(), gone.out());
    assertTrue(gone.err().contains("raw.sale: day=2011-01-02/part-"), gone.err());
    assertTrue(
        gone.err()
            .contains(
                "was removed by VACUUM; make them again instead: sluice backfill --select raw.sale"
                    + " --date 2011-01-02"),
        gone.err());
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
