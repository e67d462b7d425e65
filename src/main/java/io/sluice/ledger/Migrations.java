package io.sluice.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Brings the tables of a ledger up to what this Sluice expects: the scripts {@code 1.sql}, {@code
 * 2.sql}, … beside this class, each once, in order, all in one transaction, by one process at a
 * time. A script that was released is never changed.
 */
final class Migrations {
  private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*(\\n|$)");

  private final Dialect dialect;
  private final Database database;

  Migrations(Dialect dialect, Database database) {
    this.dialect = dialect;
    this.database = database;
  }

  void bringUpToDate() {
    if (script(1 + database.read(this::version)).isPresent()) {
      database.change(
          transaction -> {
            dialect.lockTables(transaction);
            migrate(transaction);
          });
    }
  }

  /** Of the newest script that was run; 0 in an empty database. */
  private int version(Transaction transaction) throws SQLException {
    if (transaction.list(row -> row.text("name"), dialect.findVersion()).isEmpty()) {
      return 0;
    }
    int version =
        transaction
            .first(
                row -> (int) row.number("newest"), "SELECT max(version) AS newest FROM migration")
            .orElse(0);
    if (version > 0 && script(version).isEmpty()) {
      throw new LedgerException(
          "The ledger %s was last used by a newer Sluice (its tables are at version %d, which this one does not know); use that one"
              .formatted(dialect.place(), version));
    }
    return version;
  }

  private void migrate(Transaction transaction) throws SQLException {
    transaction.update(
        "CREATE TABLE IF NOT EXISTS migration (version BIGINT NOT NULL PRIMARY KEY)");
    int next = version(transaction) + 1;
    for (Optional<String> script = script(next); script.isPresent(); script = script(++next)) {
      for (String statement : END_OF_STATEMENT.split(script.get())) {
        if (!statement.isBlank()) {
          transaction.update(statement.replace("${serial}", dialect.serial()));
        }
      }
      transaction.update("INSERT INTO migration (version) VALUES (?)", next);
    }
  }

  private static Optional<String> script(int version) {
    try (InputStream script = Migrations.class.getResourceAsStream(version + ".sql")) {
      return script == null
          ? Optional.empty()
          : Optional.of(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
