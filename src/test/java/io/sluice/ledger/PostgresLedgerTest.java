package io.sluice.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

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

  @Override
  List<String> taskStates() {
    try (Connection connection = DriverManager.getConnection(url(), "postgres", "postgres")) {
      return new Transaction(connection).list(row -> row.text("state"), "SELECT state FROM task");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private String url() {
    return "jdbc:postgresql://localhost:%d/postgres?currentSchema=%s"
        .formatted(server.getPort(), schema);
  }
}
