package io.sluice.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite. */
class SqliteLedgerTest extends ConcurrencyContract {

  @TempDir Path folder;

  @Override
  Ledger open() {
    return Ledgers.open(url(), Optional.empty(), Optional.empty());
  }

  @Override
  List<String> taskStates() {
    try (Connection connection = DriverManager.getConnection(url())) {
      return new Transaction(connection).list(row -> row.text("state"), "SELECT state FROM task");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("not/yet/there/ledger.db");
  }
}
