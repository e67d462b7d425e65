package io.sluice.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** In what the databases differ that a ledger may lie in. */
interface Dialect {

  /** Where the ledger is, as a person may read it: no password. */
  String place();

  /** Makes ready what must be there before the first connection. */
  void prepare();

  Connection connect() throws SQLException;

  /**
   * What tells this database from another that was put in its place, or that it was removed; the
   * same for as long as it is the same.
   */
  default String identity() {
    return "";
  }

  /** Begins a transaction; one that writes waits here for its turn, where the database has one. */
  void begin(Connection connection, boolean writes) throws SQLException;

  /** What stands behind {@code SELECT} to keep other writers from the rows until the end. */
  String forUpdate();

  /** Type of a primary key that counts up. */
  String serial();

  /** A query with a row where a ledger's tables are. */
  String findVersion();

  /** The moment by the clock that all who use the database share. */
  Instant now(Transaction transaction, Instant here) throws SQLException;

  /** Asks for that moment. */
  @FunctionalInterface
  interface Now {
    Instant now(Transaction transaction, Instant here) throws SQLException;
  }

  /** Waits until nobody else changes the tables, and keeps all others from it until the end. */
  void lockTables(Transaction transaction) throws SQLException;

  /** Whether the same transaction may pass when it is tried again. */
  boolean mayPass(SQLException failure);

  /** Whether the connection is lost and a new one is needed. */
  boolean isLost(SQLException failure);

  /** Whether the failure tells that the database itself is damaged. */
  default boolean isDamage(SQLException failure) {
    return false;
  }

  /**
   * Gets a database that is damaged out of the way, so that a new one can be made; only a file may
   * be, nothing in a server is ever dropped.
   *
   * @param isLookedFor whether one that looks well from outside is looked at, too
   * @return what a person is told; empty where nothing was to be done
   */
  default Optional<String> setAside(Clock clock, boolean isLookedFor) {
    return Optional.empty();
  }

  /** Somebody found it damaged: the next who opens it is to look. */
  default void suspect() {}

  /** What a person can do about it. */
  String hint(SQLException failure);
}
