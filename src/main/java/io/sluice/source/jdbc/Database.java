package io.sluice.source.jdbc;

import io.sluice.api.SourceException;
import io.sluice.lake.SourceSpec;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A database of a definition: its driver, its connections, its failures. */
record Database(SourceSpec.Jdbc jdbc, String where) {

  private static final Pattern UNKNOWN_TYPE =
      Pattern.compile("UNRECOGNIZED_SQL_TYPE.*name: (.*?), id: ");

  Connection connect() {
    try {
      Connection connection = driver().connect(jdbc.url(), properties());
      if (connection == null) {
        throw noDriver(null);
      }
      Optional<String> greeting = Dialect.of(jdbc.url()).greeting();
      if (greeting.isPresent()) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(greeting.get());
        }
      }
      return connection;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** User and password, as drivers take them. */
  Properties properties() {
    Properties properties = new Properties();
    jdbc.user().ifPresent(user -> properties.setProperty("user", user));
    jdbc.password().ifPresent(secret -> properties.setProperty("password", secret.value()));
    return properties;
  }

  /** Seconds; 0 for as long as it takes. */
  int statementTimeout() {
    return jdbc.statementTimeout().map(given -> (int) given.toSeconds()).orElse(0);
  }

  Driver driver() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try {
      if (jdbc.driver().isPresent()) {
        Class<?> named = Class.forName(jdbc.driver().get(), true, loader);
        return (Driver) named.getDeclaredConstructor().newInstance();
      }
      for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
        if (driver.acceptsURL(jdbc.url())) {
          return driver;
        }
      }
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw noDriver(e);
    } catch (SQLException e) {
      throw failure(e);
    }
    throw noDriver(null);
  }

  private SourceException noDriver(@Nullable Throwable cause) {
    String what =
        jdbc.driver()
            .map("the JDBC driver %s can't be loaded"::formatted)
            .orElseGet(() -> "there is no JDBC driver for " + Scrubbed.url(jdbc.url()));
    return SourceException.ofAll(
        "%s: source: %s: put the driver's jar on the class path (spark-submit --jars DRIVER.jar), and name its class in source.driver where it does not name itself"
            .formatted(where, what),
        cause);
  }

  /** Of a type that Spark has no word for. */
  static Optional<String> unknownType(Throwable failure) {
    Matcher name = UNKNOWN_TYPE.matcher(String.valueOf(failure.getMessage()));
    return name.find() ? Optional.of(name.group(1)) : Optional.empty();
  }

  SourceException unknownType(String type, List<String> columns) {
    return SourceException.ofAll(
        "%s: source: %s: %s: Spark can't read the type %s of %s; cast it in a query, as in query = \"SELECT a, CAST(b AS VARCHAR(100)) AS b FROM t\""
            .formatted(
                where, Scrubbed.url(jdbc.url()), jdbc.from(), type, String.join(", ", columns)),
        null);
  }

  /** Says what the database said, without secrets. */
  SourceException failure(Throwable failure) {
    return failure(failure, true);
  }

  /** While rows were read: a value of one interval may be to blame. */
  SourceException failureOfRows(Throwable failure) {
    return failure(failure, false);
  }

  private SourceException failure(Throwable failure, boolean concernsAll) {
    String said =
        Scrubbed.text(String.valueOf(failure.getMessage()), jdbc).lines().findFirst().orElse("");
    String what =
        isTimeout(failure)
            ? "it did not answer within statement-timeout = %ds; give it longer, or ask for less at once, by a smaller batch, by more partitions, or with an index on the column of by"
                .formatted(statementTimeout())
            : said;
    String message =
        "%s: source: %s: %s: %s".formatted(where, Scrubbed.url(jdbc.url()), jdbc.from(), what);
    // The cause would bring its own text, and the secrets in it, into logs.
    RuntimeException cause = new RuntimeException(failure.getClass().getName() + ": " + said);
    cause.setStackTrace(failure.getStackTrace());
    if (isPassing(failure)) {
      return SourceException.passing(message, List.of(), cause);
    }
    return concernsAll
        ? SourceException.ofAll(message, cause)
        : SourceException.definite(message, List.of(), cause);
  }

  /**
   * Databases tell of it in their own ways; PostgreSQL as of any other statement that is stopped.
   */
  private boolean isTimeout(Throwable failure) {
    return jdbc.statementTimeout().isPresent()
        && (failure instanceof SQLTimeoutException
            || (failure instanceof SQLException sql && "57014".equals(sql.getSQLState())));
  }

  private static boolean isPassing(Throwable failure) {
    if (failure instanceof SQLTransientException || failure instanceof SQLRecoverableException) {
      return true;
    }
    if (String.valueOf(failure.getMessage()).startsWith("[SQLITE_BUSY")) {
      return true;
    }
    // Class 08 is the connection, 40 a rollback, 53 too few resources, 57 a server that stops.
    return failure instanceof SQLException sql
        && sql.getSQLState() != null
        && sql.getSQLState().matches("(08|40|53|57).*");
  }
}
