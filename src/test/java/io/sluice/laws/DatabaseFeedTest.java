package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database on a real server, and what may happen to the wire and to its rows. */
class DatabaseFeedTest {
  private static final long ROWS = 30_000;

  @TempDir Path folder = Path.of("");

  private final String url = PostgresServer.newDatabase();

  private void change(String... statements) {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private TestLake shop(String where, String source, String more) {
    return TestLake.at(folder, "2011-01-03T04:00:00Z")
        .file(
            "jobs/raw/sale.conf",
            """
            source { type = jdbc, url = "%s", table = sale, by = updated_at, %s }
            partition-by = day
            start = 2011-01-01
            %s
            """
                .formatted(where, source, more));
  }

  private static List<String> days(TestLake lake) {
    return lake.table("raw.sale").groupBy("day").count().orderBy("day").collectAsList().stream()
        .map(row -> row.mkString("|"))
        .toList();
  }

  @Test
  void aConnectionThatDiesMidReadLeavesTheTableAsItWasAndTheNextTryIsComplete() throws Exception {
    change(
        "CREATE TABLE sale (id int, note text, updated_at timestamp)",
        "INSERT INTO sale VALUES (0, 'first', '2011-01-01 10:00:00')",
        "INSERT INTO sale SELECT x, repeat('x', 200), '2011-01-02 10:00:00' FROM generate_series(1, %d) x"
            .formatted(ROWS));
    try (CuttingProxy wire = new CuttingProxy(PostgresServer.port())) {
      String through =
          url.replace(":" + PostgresServer.port(), ":" + wire.port()) + "&sslmode=disable";
      TestLake lake =
          shop(
              through,
              "fetch-size = 1000, partitions = 2, split-by = id",
              "retry { attempts = 1 }");
      lake.run("--to", "2011-01-01");
      long version = lake.version("raw.sale").orElseThrow();

      wire.cutsAfter(1_000_000);
      var cut = lake.type("run");
      assertEquals(1, cut.exit(), cut.err());
      assertTrue(wire.hasHappened());
      assertEquals("transient", lake.attempts().get(0).failureClass());
      assertTrue(
          lake.attempts()
              .get(0)
              .message()
              .contains("jobs/raw/sale.conf:1: source: jdbc:postgresql"),
          lake.attempts().get(0).message());
      assertEquals(List.of("2011-01-01|1"), days(lake));
      assertEquals(version, lake.version("raw.sale").orElseThrow());

      lake.edit(
          "jobs/raw/sale.conf", text -> text.replace("attempts = 1", "attempts = 2, delay = 1ms"));
      wire.doesAfter(
          1_000_000,
          () ->
              change(
                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"));
      lake.run();
      assertTrue(wire.hasHappened());
      assertEquals(
          List.of("made", "failed"),
          lake.attempts().stream()
              .limit(2)
              .map(attempt -> attempt.state())
              .sorted(java.util.Comparator.reverseOrder())
              .toList());
      assertEquals(List.of("2011-01-01|1", "2011-01-02|" + ROWS), days(lake));
      assertEquals(
          ROWS + 1, lake.table("raw.sale").select("id").distinct().count(), "each row once");
    }
  }

  @Test
  void aRowThatIsCommittedLateArrivesWithTheNextRun() {
    change(
        "CREATE TABLE sale (id int, updated_at timestamptz)",
        "INSERT INTO sale VALUES (1, '2011-01-02 23:58:00+00')");
    TestLake lake = shop(url, "reread = 1 hour", "");
    lake.run();
    // Written at 23:59, by a transaction that ended after the run.
    change("INSERT INTO sale VALUES (2, '2011-01-02 23:59:00+00')");
    assertEquals("", lake.plan());
    lake.now("2011-01-04T04:00:00Z");
    lake.run();
    assertEquals(List.of("1|2011-01-02", "2|2011-01-02"), lake.rows("raw.sale", "id", "day"));
  }

  @Test
  void keysAloneTellWhatWasDeleted() {
    change(
        "CREATE TABLE sale (id int, amount int, updated_at timestamp)",
        "INSERT INTO sale VALUES (1, 10, '2011-01-01 10:00:00'), (2, 20, '2011-01-02 10:00:00'), (3, 30, '2011-01-02 11:00:00')");
    TestLake lake =
        shop(url, "reread = 1 day", "")
            .file(
                "jobs/raw/sale_key.conf",
                """
                source { type = jdbc, url = "%s", query = "SELECT id FROM sale" }
                partition-by = day
                start = 2011-01-01
                """
                    .formatted(url))
            .file(
                "jobs/analysis/sale_there.sql",
                """
                /* sluice
                  interval-by = _day
                  write { mode = scd2, key = [id], absent = close }
                */
                SELECT id, true AS there, day AS _day FROM raw.sale_key
                """)
            .file(
                "jobs/analysis/sale.sql",
                """
                /* sluice
                  interval-by = day
                  write { mode = merge, key = [id], sequence-by = updated_at }
                */
                SELECT id, amount, updated_at, day FROM raw.sale
                """)
            .file(
                "jobs/aggregate/sale_now.sql",
                """
                /* sluice
                  every = none
                */
                SELECT s.id, s.amount
                FROM analysis.sale s JOIN analysis.sale_there t ON t.id = s.id AND t.is_current
                """);
    lake.run();
    assertEquals(List.of("1|10", "2|20", "3|30"), lake.rows("aggregate.sale_now"));

    change("DELETE FROM sale WHERE id = 2");
    lake.now("2011-01-04T04:00:00Z").run();
    assertEquals(List.of("1|10", "3|30"), lake.rows("aggregate.sale_now"));

    // Two days without a run; meanwhile one key more goes, and one comes back.
    change(
        "DELETE FROM sale WHERE id = 3", "INSERT INTO sale VALUES (2, 21, '2011-01-05 10:00:00')");
    lake.now("2011-01-07T04:00:00Z").run();
    assertEquals(List.of("1|10", "2|21"), lake.rows("aggregate.sale_now"));
    assertEquals(
        List.of(
            "1|2011-01-02|9999-12-31",
            "2|2011-01-02|2011-01-03",
            "2|2011-01-06|9999-12-31",
            "3|2011-01-02|2011-01-06"),
        lake.rows(
            "analysis.sale_there", "id", "CAST(valid_from AS DATE)", "CAST(valid_to AS DATE)"));
  }

  @Test
  void oldAndFarTimesAreKept() {
    change(
        "CREATE TABLE sale (id int, born date, seen timestamptz, updated_at timestamp)",
        "INSERT INTO sale VALUES (1, '0001-01-01', '0001-01-01 00:00:00+00', '2011-01-01'), (2, '9999-12-31', '9999-12-31 23:59:59.999999+00', '2011-01-01'), (3, '1582-10-10', '1582-10-10 00:00:00+00', '2011-01-01'), (4, 'infinity', null, '2011-01-01')");
    TestLake lake = shop(url, "fetch-size = 2", "limit = 50 %");
    lake.run();
    assertEquals(
        List.of(
            "1|0001-01-01|0001-01-01 00:00:00",
            "2|9999-12-31|9999-12-31 23:59:59.999999",
            "3|1582-10-10|1582-10-10 00:00:00"),
        lake.rows("raw.sale", "id", "CAST(born AS STRING)", "CAST(seen AS STRING)"));
  }
}
