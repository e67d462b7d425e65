package io.sluice.ledger;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Opens ledgers. */
public final class Ledgers {
  private Ledgers() {}

  /**
   * Opens the ledger at a JDBC URL, made or brought up to date where needed.
   *
   * @throws LedgerException where it can't be reached or written
   */
  public static Ledger open(String url, Optional<String> user, Optional<String> password) {
    Dialect dialect = dialect(url, user, password);
    dialect.prepare();
    Database database =
        new Database(
            dialect, millis -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis)));
    try {
      new Migrations(dialect, database).bringUpToDate();
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
    return new JdbcLedger(database, dialect.forUpdate(), dialect::now);
  }

  private static Dialect dialect(String url, Optional<String> user, Optional<String> password) {
    if (url.startsWith(Sqlite.PREFIX)) {
      return Sqlite.of(url);
    }
    if (url.startsWith(Postgres.PREFIX)) {
      return new Postgres(url, user, password);
    }
    throw new LedgerException(
        "A ledger lies in SQLite or PostgreSQL: write jdbc:sqlite:<path> or jdbc:postgresql://<host>/<database> instead of %s"
            .formatted(url.split("\\?", 2)[0]));
  }
}
