package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testing.TestSpark;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sources and other people's writers do to a lake. */
class FeedsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void aDayWithoutAFileWaitsOrFailsAsToldAndIsMadeWhenItComes() {
    TestLake lake =
        SaleLake.at(folder)
            .file("jobs/raw/sale.conf", SaleLake.RAW.replace("source {", "source { missing = wait"))
            .remove("landing/2011-01-02.csv");
    lake.run();
    assertEquals("", lake.plan());
    assertTrue(
        lake.remarks().get(0).startsWith("waiting: raw.sale 2011-01-02: no file"),
        () -> lake.remarks().toString());
    assertEquals(List.of("2011-01-01|2|3", "2011-01-03|2|11"), lake.rows("aggregate.daily"));

    lake.file("jobs/raw/sale.conf", SaleLake.RAW.replace("source {", "source { missing = fail"));
    assertEquals(5, lake.type("run").exit());
    assertEquals(List.of("2011-01-01|2|3", "2011-01-03|2|11"), lake.rows("aggregate.daily"));

    lake.land("2011-01-02.csv", "code,amount", "a,3", "c,4");
    lake.run();
    assertEquals(
        List.of("2011-01-01|2|3", "2011-01-02|2|7", "2011-01-03|2|11"),
        lake.rows("aggregate.daily"));
  }

  @Test
  void aFileWithoutADateBelongsToTheIntervalInWhichItWasFirstSeen() {
    TestLake lake =
        TestLake.at(folder, "2011-01-04T04:00:00Z")
            .file("jobs/raw/drop.conf", SaleLake.RAW.replace("{yyyy-MM-dd}", "drop/*"))
            .land("drop/one.csv", "code,amount", "a,1");
    lake.run();
    assertEquals(List.of("a|1|2011-01-03"), drops(lake));
    lake.land("drop/two.csv", "code,amount", "b,2");
    assertEquals("raw.drop | 1 | 2011-01-03 | source changed (two.csv is new)\n", lake.plan());
    lake.run();
    assertEquals(List.of("a|1|2011-01-03", "b|2|2011-01-03"), drops(lake));

    lake.now("2011-01-05T04:00:00Z").land("drop/three.csv", "code,amount", "c,3");
    lake.run();
    lake.remove("landing/drop/one.csv");
    assertEquals("raw.drop | 1 | 2011-01-03 | source changed (one.csv is gone)\n", lake.plan());
    lake.run();
    assertEquals(List.of("b|2|2011-01-03", "c|3|2011-01-04"), drops(lake));
    assertEquals("", lake.plan());
  }

  private static List<String> drops(TestLake lake) {
    return lake.rows("raw.drop", "code", "amount", "day");
  }

  @Test
  void aWholeTableOfADatabaseIsMadeForTheNewestDayAlone() throws SQLException {
    TestLake lake = shop(TestLake.at(folder, "2011-01-04T04:00:00Z"), "");
    lake.run();
    assertEquals(List.of("1|ann|2011-01-03"), people(lake));
    assertEquals("", lake.plan());
    assertTrue(
        lake.remarks().toString().contains("raw.person 2011-01-01 .. 2011-01-02: can't be had"),
        () -> lake.remarks().toString());

    change("UPDATE person SET name = 'bob', updated_at = TIMESTAMP '2011-01-05 10:00:00'");
    lake.now("2011-01-06T04:00:00Z");
    assertEquals("raw.person | 1 | 2011-01-05 | missing\n", lake.plan());
    lake.run();
    assertEquals(List.of("1|ann|2011-01-03", "1|bob|2011-01-05"), people(lake));
    assertEquals("", lake.plan());
  }

  @Test
  void rowsThatADatabaseChangedLateAreReadAgain() throws SQLException {
    TestLake lake =
        shop(TestLake.at(folder, "2011-01-04T04:00:00Z"), "by = updated_at, reread = 2 days");
    lake.run();
    assertEquals(List.of("1|ann|2011-01-03"), people(lake));
    change("INSERT INTO person VALUES (2, 'bob', TIMESTAMP '2011-01-02 10:00:00')");
    assertEquals("", lake.plan());

    lake.now("2011-01-05T04:00:00Z");
    assertEquals(
        "raw.person | 3 | 2011-01-02 .. 2011-01-04 | missing; reread (with 2011-01-04)\n",
        lake.plan());
    lake.run();
    assertEquals(List.of("1|ann|2011-01-03", "2|bob|2011-01-02"), people(lake));
    assertEquals("", lake.plan());
  }

  private TestLake shop(TestLake lake, String more) throws SQLException {
    change("CREATE TABLE person (id INT, name VARCHAR(9), updated_at TIMESTAMP)");
    change("INSERT INTO person VALUES (1, 'ann', TIMESTAMP '2011-01-03 10:00:00')");
    return lake.file(
        "jobs/raw/person.conf",
        """
        source { type = jdbc, url = "jdbc:h2:file:"${SLUICE_PROJECT}"/shop", table = person, %s }
        partition-by = day
        start = 2011-01-01
        """
            .formatted(more));
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + folder + "/shop");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> people(TestLake lake) {
    return lake.rows("raw.person", "id", "name", "day");
  }

  @Test
  void whatOthersWriteIntoAnExternalTableMakesItsReadersStale() {
    String elsewhere = folder + "/elsewhere";
    append("SELECT 'a' AS code, 1 AS amount, DATE '2011-01-01' AS day", elsewhere);
    TestLake lake =
        TestLake.at(folder, "2011-01-04T04:00:00Z")
            .file(
                "jobs/raw/fed.conf",
                """
                external { path = "%s", partition-by = day }
                start = 2011-01-01
                """
                    .formatted(elsewhere))
            .file(
                "jobs/aggregate/total.sql",
                """
                /* sluice
                  partition-by = day
                */
                SELECT day, sum(amount) AS amount FROM raw.fed GROUP BY day
                """);
    lake.run();
    assertEquals(List.of("2011-01-01|1"), lake.rows("aggregate.total"));
    append("SELECT 'b' AS code, 5 AS amount, DATE '2011-01-02' AS day", elsewhere);
    assertEquals(
        "aggregate.total | 1 | 2011-01-02 | input changed (raw.fed at version 1)\n", lake.plan());
    lake.run();
    assertEquals(List.of("2011-01-01|1", "2011-01-02|5"), lake.rows("aggregate.total"));
    assertEquals("", lake.plan());
  }

  @Test
  void whatOthersWriteIntoOurTableIsToldFollowedAndNotUndone() {
    TestLake lake = SaleLake.at(folder);
    lake.run();
    append(
        "SELECT 'z' AS code, 100 AS amount, DATE '2011-01-02' AS day", lake.path("analysis.line"));
    assertEquals(
        "aggregate.daily | 1 | 2011-01-02 | input changed (analysis.line at version 1)\n",
        lake.plan());
    assertTrue(
        lake.remarks().toString().contains("analysis.line 2011-01-02: foreign: WRITE by others"),
        () -> lake.remarks().toString());
    lake.run();
    assertEquals(
        List.of("2011-01-01|2|3", "2011-01-02|3|107", "2011-01-03|2|11"),
        lake.rows("aggregate.daily"));
    assertEquals("", lake.plan());

    lake.backfill("--select", "line", "--date", "2011-01-02");
    assertEquals(
        List.of("2011-01-01|2|3", "2011-01-02|2|7", "2011-01-03|2|11"),
        lake.rows("aggregate.daily"));
    assertEquals(List.of(), lake.remarks());
  }

  private static void append(String sql, String path) {
    TestSpark.session()
        .newSession()
        .sql(sql)
        .write()
        .format("delta")
        .mode("append")
        .partitionBy("day")
        .save(path);
  }
}
