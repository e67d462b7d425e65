package io.sluice.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
  private static final String TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'";

  @TempDir Path folder;

  @Test
  void allScriptsAreRunEachOnce() throws Exception {
    URI scripts =
        Objects.requireNonNull(Migrations.class.getResource("/io/sluice/ledger/1.sql")).toURI();
    long count;
    try (var names = Files.list(Objects.requireNonNull(Path.of(scripts).getParent()))) {
      count = names.filter(name -> name.toString().endsWith(".sql")).count();
    }
    Dialect file = file();
    for (int again = 0; again < 2; again++) {
      try (Database database = new Database(file, millis -> {})) {
        new Migrations(file, database).bringUpToDate();
        assertEquals(
            count,
            (long)
                database
                    .read(
                        transaction ->
                            transaction.first(
                                row -> row.number("count"),
                                "SELECT count(*) AS count FROM migration"))
                    .orElseThrow());
      }
    }
  }

  @Test
  void aScriptThatFailsLeavesTheTablesAsTheyWere() throws SQLException {
    Dialect file = file();
    try (Database database = new Database(file, millis -> {})) {
      database.change(transaction -> transaction.update("CREATE TABLE quarantine (id INTEGER)"));
      Migrations migrations = new Migrations(file, database);
      assertThrows(LedgerException.class, migrations::bringUpToDate);
      assertEquals(
          List.of("quarantine"),
          database.read(transaction -> transaction.list(row -> row.text("name"), TABLES)));
    }
  }

  private Dialect file() {
    return Sqlite.of("jdbc:sqlite:" + folder.resolve("ledger.db"));
  }
}
