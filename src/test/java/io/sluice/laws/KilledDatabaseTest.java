package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell;
import io.sluice.testing.OwnPostgres;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole database server dies while its rows are read. */
class KilledDatabaseTest {
  private static final long ROWS = 30_000;

  @TempDir Path folder = Path.of("");
  @TempDir Path data = Path.of("");

  @Test
  void aServerThatIsKilledMidReadLeavesTheTableAsItWasAndTheNextTryIsComplete() throws Exception {
    try (OwnPostgres server = new OwnPostgres(data.resolve("pg"));
        CuttingProxy wire = new CuttingProxy(server.port())) {
      change(
          server,
          "CREATE TABLE sale (id int, note text, updated_at timestamp)",
          "INSERT INTO sale VALUES (0, 'first', '2011-01-01 10:00:00')",
          "INSERT INTO sale SELECT x, repeat('x', 200), '2011-01-02 10:00:00' FROM generate_series(1, %d) x"
              .formatted(ROWS));
      TestLake lake =
          TestLake.at(folder, "2011-01-03T04:00:00Z")
              .file(
                  "jobs/raw/sale.conf",
                  """
                  source {
                    type = jdbc, url = "%s&sslmode=disable", table = sale, by = updated_at
                    fetch-size = 1000, partitions = 2, split-by = id
                  }
                  partition-by = day
                  start = 2011-01-01
                  retry { attempts = 1 }
                  """
                      .formatted(server.url().replace(":" + server.port(), ":" + wire.port())));
      lake.run("--to", "2011-01-01");
      long version = lake.version("raw.sale").orElseThrow();

      wire.doesAfter(1_000_000, server::kill);
      Shell.Said killed = lake.type("run");
      assertTrue(wire.hasHappened());
      isAsItWas(lake, killed, version);
      FailuresPage.found(FailuresPage.Failing.DATABASE_KILLED, "raw.sale", lake, killed);

      Shell.Said down = lake.type("run");
      isAsItWas(lake, down, version);

      server.startAgain();
      lake.run();
      assertEquals(ROWS + 1, lake.table("raw.sale").count());
      assertEquals(ROWS + 1, lake.table("raw.sale").select("id").distinct().count());
      assertEquals("", lake.plan());
    }
  }

  private static void isAsItWas(TestLake lake, Shell.Said said, long version) {
    assertEquals(1, said.exit(), said.err());
    assertEquals("transient", lake.attempts().get(0).failureClass());
    String why = lake.attempts().get(0).message();
    assertTrue(why.contains("jobs/raw/sale.conf:1: source: jdbc:postgresql"), why);
    assertEquals(List.of("0"), lake.rows("raw.sale", "id"));
    assertEquals(version, lake.version("raw.sale").orElseThrow());
  }

  private static void change(OwnPostgres server, String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection(server.url());
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
