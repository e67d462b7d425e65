package io.sluice.ledger;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Opens ledgers. */
public final class Ledgers {
  private Ledgers() {}

  /**
   * Opens the ledger at a JDBC URL, made or brought up to date where needed.
   *
   * @throws LedgerException where it can't be reached or written, or is damaged
   */
  public static Ledger open(String url, Optional<String> user, Optional<String> password) {
    return open(dialect(url, user, password));
  }

  /**
   * As above; a file that is damaged is moved aside, and a new one begun.
   *
   * @param told takes what happened to it
   */
  public static Ledger open(
      String url,
      Optional<String> user,
      Optional<String> password,
      Clock clock,
      Consumer<String> told) {
    Dialect dialect = dialect(url, user, password);
    dialect.prepare();
    dialect.setAside(clock, false).ifPresent(told);
    try {
      return open(dialect);
    } catch (DamagedLedger e) {
      told.accept(dialect.setAside(clock, true).orElseThrow(() -> e));
      return open(dialect);
    }
  }

  private static Ledger open(Dialect dialect) {
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
