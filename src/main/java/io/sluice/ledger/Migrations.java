package io.sluice.ledger;

import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Brings the tables of a ledger up to what this Sluice expects. Starting Flyway costs more than a
 * whole plan, so its history is asked first whether there is anything to do.
 */
final class Migrations {

  /** Of the newest file in {@code db/migration}. */
  static final int NEWEST = 3;

  private final Dialect dialect;
  private final Database database;

  Migrations(Dialect dialect, Database database) {
    this.dialect = dialect;
    this.database = database;
  }

  void bringUpToDate() {
    if (!isUpToDate()) {
      dialect.alone(
          () -> {
            if (!isUpToDate()) {
              migrate();
            }
          });
    }
  }

  private boolean isUpToDate() {
    int version = database.read(this::version);
    if (version > NEWEST) {
      throw new LedgerException(
          "The ledger %s was last used by a newer Sluice (its tables are at version %d, this one knows %d); use that one"
              .formatted(dialect.place(), version, NEWEST));
    }
    return version == NEWEST;
  }

  private int version(Transaction transaction) throws SQLException {
    if (transaction.list(row -> row.text("name"), dialect.findHistory()).isEmpty()) {
      return 0;
    }
    return transaction
        .first(
            row -> Integer.parseInt(row.text("version")),
            "SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL"
                + " ORDER BY installed_rank DESC LIMIT 1")
        .orElse(0);
  }

  private void migrate() {
    FluentConfiguration flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .locations("classpath:io/sluice/ledger/db/migration")
            .placeholders(Map.of("serial", dialect.serial()));
    dialect.configure(flyway);
    try {
      flyway.load().migrate();
    } catch (FlywayException e) {
      throw new LedgerException(
          "The tables of the ledger %s can't be brought up to date: %s"
              .formatted(dialect.place(), e.getMessage()),
          e);
    }
  }
}
