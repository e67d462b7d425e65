package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell;
import io.sluice.testing.TestSpark;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the source has, and what the lake has of it. */
class ReconcileTest {
  @TempDir Path folder = Path.of("");

  @Test
  void rowsAreCountedAnewAndThoseInQuarantineCount() {
    TestLake lake = SaleLake.at(folder).land("2011-01-02.csv", "code,amount", "a,3", "c,four");
    lake.run();
    assertEquals(
        "3 intervals compared, 6 rows: the lake has what the source has",
        lake.made("history", "raw.sale", "--reconcile").lastLine());

    String read = lake.made("history", "sale", "--sources", "--date", "2011-01-01").out();
    assertTrue(read.contains("/landing/2011-01-01.csv"), read);

    TestSpark.session()
        .newSession()
        .sql(
            "DELETE FROM delta.`%s` WHERE day = '2011-01-03' AND code = 'c'"
                .formatted(lake.path("raw.sale")));
    Shell.Said said = lake.type("history", "sale", "--reconcile", "--from", "2011-01-02");
    assertEquals(5, said.exit(), said.err());
    assertEquals(
        """
        interval source table quarantined difference remark
        2011-01-03 2 1 0 -1
        1 of 2 intervals differ; to read one again: sluice backfill --select raw.sale --date 2011-01-03
        """,
        said.out().replaceAll(" +", " ").replaceAll("(?m) $|^-.*\n|^\n", ""));
  }

  @Test
  void rowsThatADatabaseGotLateAreFound() throws SQLException {
    change("CREATE TABLE person (id INT, at TIMESTAMP)");
    change("INSERT INTO person VALUES (1, TIMESTAMP '2011-01-01 10:00:00')");
    TestLake lake =
        TestLake.at(folder, "2011-01-04T04:00:00Z")
            .file(
                "jobs/raw/person.conf",
                """
                source { type = jdbc, url = "jdbc:h2:file:"${SLUICE_PROJECT}"/shop", table = person, by = at }
                partition-by = day
                start = 2011-01-01
                """);
    lake.run();
    change("INSERT INTO person VALUES (2, TIMESTAMP '2011-01-02 10:00:00')");

    Shell.Said said = lake.type("history", "person", "--reconcile", "--json");

    assertEquals(5, said.exit(), said.err());
    assertTrue(
        said.out()
            .replaceAll("\\s", "")
            .contains(
                "{\"interval\":\"2011-01-02\",\"source\":1,\"table\":0,\"quarantined\":0,\"difference\":-1,\"remark\":\"\"}"),
        said.out());
    lake.backfill("--select", "raw.person", "--date", "2011-01-02");
    String read = lake.made("history", "person", "--sources", "--date", "2011-01-02").out();
    assertTrue(
        read.contains("2011-01-02: 1 row, 0 quarantined")
            && read.contains("/shop: SELECT * FROM person src WHERE (("),
        read);
    lake.made("history", "person", "--reconcile");
  }

  @Test
  void whatTheSourceKnowsNoMoreIsToldAndNoDifference() throws SQLException {
    change("CREATE TABLE person (id INT)");
    change("INSERT INTO person VALUES (1)");
    TestLake lake =
        TestLake.at(folder, "2011-01-03T04:00:00Z")
            .file(
                "jobs/raw/person.conf",
                """
                source { type = jdbc, url = "jdbc:h2:file:"${SLUICE_PROJECT}"/shop", table = person }
                partition-by = day
                start = 2011-01-01
                """);
    lake.run();
    lake.now("2011-01-04T04:00:00Z").run();

    String said = lake.made("history", "person", "--reconcile").out();

    assertTrue(
        said.contains(
            "1 interval compared, 1 row: the lake has what the source has; of 1 interval the source can't say any more"),
        said);
  }

  @Test
  void aTableThatIsNotJustWhatASourceSentIsRefusedBeforeAnythingIsLookedAt() {
    Shell.Said said = SaleLake.at(folder).type("history", "analysis.line", "--reconcile");
    assertEquals(2, said.exit());
    assertTrue(said.err().contains("analysis.line: only a table that holds just"), said.err());
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + folder + "/shop");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
