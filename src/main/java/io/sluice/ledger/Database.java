package io.sluice.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * Runs transactions one after the other on one connection, and again where that may help: work is
 * to be written so that a second time does no harm, as a lost connection may hide that the first
 * time was kept.
 */
final class Database implements AutoCloseable {

  private static final int TRIES = 6;
  private static final long FIRST_PAUSE_MILLIS = 100;

  private final Dialect dialect;
  private final LongConsumer pause;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private Optional<Connection> open = Optional.empty();
  private Optional<String> identity = Optional.empty();
  private Optional<Transaction> outer = Optional.empty();
  private boolean closed;

  /**
   * @param pause waits for so many milliseconds
   */
  Database(Dialect dialect, LongConsumer pause) {
    this.dialect = dialect;
    this.pause = pause;
  }

  /** What is done in a transaction; it ends with it, or is undone where the work throws. */
  interface Work<T> {
    T in(Transaction transaction) throws SQLException;
  }

  /** As {@link Work}, without a result. */
  interface Change {
    void in(Transaction transaction) throws SQLException;
  }

  <T> T read(Work<T> work) {
    return run(work, false);
  }

  <T> T write(Work<T> work) {
    return run(work, true);
  }

  void change(Change change) {
    run(
        transaction -> {
          change.in(transaction);
          return true;
        },
        true);
  }

  /** What is done within the work, by this thread, is one transaction. */
  void together(Runnable work) {
    run(
        transaction -> {
          outer = Optional.of(transaction);
          try {
            work.run();
            return true;
          } catch (Undone e) {
            throw e.failure;
          } finally {
            outer = Optional.empty();
          }
        },
        true);
  }

  /** Ends the transaction around the work that failed. */
  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final SQLException failure;

    Undone(SQLException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  private <T> T run(Work<T> work, boolean writes) {
    oneAtATime.lock();
    try {
      if (outer.isPresent()) {
        return within(outer.get(), work);
      }
      for (int attempt = 1; ; attempt++) {
        try {
          return once(work, writes);
        } catch (SQLException e) {
          if (dialect.isLost(e)) {
            disconnect();
          }
          if (dialect.isDamage(e)) {
            dialect.suspect();
            throw new DamagedLedger(told(e), e);
          }
          if (attempt == TRIES || !dialect.mayPass(e)) {
            throw new LedgerException(told(e), e);
          }
          pause.accept(FIRST_PAUSE_MILLIS << (attempt - 1));
        }
      }
    } finally {
      oneAtATime.unlock();
    }
  }

  private String told(SQLException e) {
    return "The ledger %s fails: %s%s".formatted(dialect.place(), e.getMessage(), dialect.hint(e));
  }

  private static <T> T within(Transaction transaction, Work<T> work) {
    try {
      return work.in(transaction);
    } catch (SQLException e) {
      throw new Undone(e);
    }
  }

  private <T> T once(Work<T> work, boolean writes) throws SQLException {
    Connection connection = connection();
    boolean kept = false;
    try {
      dialect.begin(connection, writes);
      T result = work.in(new Transaction(connection));
      connection.commit();
      kept = true;
      connection.setAutoCommit(true);
      return result;
    } finally {
      if (!kept) {
        undo(connection);
      }
    }
  }

  /** A connection that can't even do this is not used again. */
  private void undo(Connection connection) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      disconnect();
    }
  }

  private Connection connection() throws SQLException {
    if (closed) {
      throw new IllegalStateException("The ledger is closed");
    }
    if (open.isEmpty()) {
      open = Optional.of(dialect.connect());
      identity = identity.or(() -> Optional.of(dialect.identity()));
    }
    if (!identity.equals(Optional.of(dialect.identity()))) {
      // What is written now would be lost, and others may go by another one already.
      throw new LedgerException(
          "The ledger %s was removed, or another was put in its place, while this process used it; nothing more is written. Run again: what is not in the ledger is taken from the tables' receipts"
              .formatted(dialect.place()));
    }
    return open.get();
  }

  private void disconnect() {
    if (open.isPresent()) {
      try {
        open.get().close();
      } catch (SQLException lostAnyway) {
        // There is nothing left to save: what was committed is in the database.
      }
      open = Optional.empty();
    }
  }

  @Override
  public void close() {
    oneAtATime.lock();
    try {
      disconnect();
      closed = true;
    } finally {
      oneAtATime.unlock();
    }
  }
}
