package io.sluice.ledger;

import static io.sluice.ledger.Days.days;
import static io.sluice.ledger.Days.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on a PostgreSQL server, each test in a schema of its own. */
class PostgresLedgerTest extends ConcurrencyContract {

  private static EmbeddedPostgres server;

  private final String schema = "s" + UUID.randomUUID().toString().replace("-", "");

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  Ledger open() {
    return Ledgers.open(url(), Optional.of("postgres"), Optional.of("postgres"));
  }

  @Test
  void aConnectionThatTheServerCutIsOpenedAnew() throws SQLException {
    make("a", "d1", 5, 1, 2);
    try (Connection connection = DriverManager.getConnection(url(), "postgres", "postgres")) {
      new Transaction(connection)
          .list(
              row -> row.text("cut"),
              """
              SELECT pg_terminate_backend(pid) AS cut FROM pg_stat_activity
              WHERE application_name = 'sluice' AND pid <> pg_backend_pid()""");
    }
    assertEquals(set(days(1, 2)), facts().made());
  }

  @Test
  void leasesAreJudgedByTheDatabasesClock() {
    Instant far = Instant.parse("1999-01-01T00:00:00Z");

    assertTrue(ledger.now(far).isAfter(Instant.parse("2020-01-01T00:00:00Z")));
  }

  @Test
  void anUnknownDatabaseIsToldWithWhatToDo() {
    String url = "jdbc:postgresql://localhost:%d/nowhere?x=1".formatted(server.getPort());
    String message =
        String.valueOf(
            assertThrows(
                    LedgerException.class,
                    () -> Ledgers.open(url, Optional.of("postgres"), Optional.of("hush")))
                .getMessage());
    assertTrue(message.endsWith("create that database, or name another in ledger.url"), message);
    assertFalse(message.contains("hush"), message);
  }

  private String url() {
    return "jdbc:postgresql://localhost:%d/postgres?currentSchema=%s"
        .formatted(server.getPort(), schema);
  }
}
