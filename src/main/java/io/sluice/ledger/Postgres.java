package io.sluice.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ledger in a PostgreSQL database, for drivers on many machines. It lies in a schema of its own,
 * {@code sluice} where the URL has no {@code currentSchema}; lakes that share a database each name
 * one.
 */
record Postgres(String url, Optional<String> user, Optional<String> password) implements Dialect {

  static final String PREFIX = "jdbc:postgresql:";

  private static final Pattern SCHEMA = Pattern.compile("[?&]currentSchema=([^&,]+)");

  @Override
  public String place() {
    return url.split("\\?", 2)[0];
  }

  @Override
  public void prepare() {}

  @Override
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    user.ifPresent(name -> properties.setProperty("user", name));
    password.ifPresent(secret -> properties.setProperty("password", secret));
    properties.setProperty("currentSchema", schema());
    properties.setProperty("ApplicationName", "sluice");
    properties.setProperty("tcpKeepAlive", "true");
    return DriverManager.getConnection(url, properties);
  }

  /** Readers see one moment in all their statements; writers lock their job's row. */
  @Override
  public void begin(Connection connection, boolean writes) throws SQLException {
    connection.setTransactionIsolation(
        writes ? Connection.TRANSACTION_READ_COMMITTED : Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
  }

  @Override
  public String forUpdate() {
    return " FOR UPDATE";
  }

  @Override
  public String serial() {
    return "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
  }

  /** The clocks of many machines differ; a lease of one must not be over for another. */
  @Override
  public Instant now(Transaction transaction, Instant here) throws SQLException {
    return transaction
        .first(
            row -> Instant.parse(row.text("now")),
            """
            SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
              AS now""")
        .orElse(here);
  }

  @Override
  public String findVersion() {
    return "SELECT table_name AS name FROM information_schema.tables"
        + " WHERE table_schema = current_schema() AND table_name = 'migration'";
  }

  /** The schema too is made where it is not there yet. */
  @Override
  public void lockTables(Transaction transaction) throws SQLException {
    transaction.first(
        row -> true, "SELECT pg_advisory_xact_lock(hashtext(?))", "sluice." + schema());
    transaction.update("CREATE SCHEMA IF NOT EXISTS \"%s\"".formatted(schema()));
  }

  private String schema() {
    Matcher named = SCHEMA.matcher(url);
    return named.find() ? named.group(1) : "sluice";
  }

  /** Serialization failure, deadlock. */
  @Override
  public boolean mayPass(SQLException failure) {
    String state = state(failure);
    return state.equals("40001") || state.equals("40P01") || isLost(failure);
  }

  /** Connection failures, and a server that shuts down. */
  @Override
  public boolean isLost(SQLException failure) {
    String state = state(failure);
    return state.startsWith("08") || state.startsWith("57P0");
  }

  @Override
  public String hint(SQLException failure) {
    String state = state(failure);
    if (state.startsWith("28")) {
      return "; check ledger.user and ledger.password";
    }
    if (state.equals("3D000")) {
      return "; create that database, or name another in ledger.url";
    }
    if (state.equals("42P01")) {
      return "; some of its tables are gone: name an empty schema in ledger.url (currentSchema=…), where a new ledger is made of the tables' receipts";
    }
    return isLost(failure) ? "; check that the server runs and can be reached" : "";
  }

  private static String state(SQLException failure) {
    return Optional.ofNullable(failure.getSQLState()).orElse("");
  }
}
