package io.sluice.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.Source;
import io.sluice.api.Source.KnownItems;
import io.sluice.api.SourceException;
import io.sluice.lake.Secret;
import io.sluice.lake.SourceSpec;
import io.sluice.testing.PostgresServer;
import io.sluice.time.Interval;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said where a database can't give its rows, and whether another try may help. */
class JdbcFailuresTest extends JdbcCase {
  @Test
  void messagesSayWhatToDoAndKeepSecrets() throws SQLException {
    String url = h2("create table t (id int, at timestamp)");
    assertEquals(
        "jobs/raw/t.conf:2: source: by = day: there is no such column; there are ID, AT",
        message(url, "t", "day"));
    assertEquals(
        "jobs/raw/t.conf:2: source: by = id: the column is neither DATE nor TIMESTAMP nor ISO text",
        message(url, "t", "id"));
    assertEquals(
        "jobs/raw/t.conf:2: source: there is no JDBC driver for jdbc:nosuch://host/db: put the driver's jar on the class path (spark-submit --jars DRIVER.jar), and name its class in source.driver where it does not name itself",
        message("jdbc:nosuch://scott:tiger@host/db?password=tiger", "t", "at"));
    String lost = message(url, "nothere", "at");
    assertTrue(lost.contains(": nothere: Table \"NOTHERE\" not found"), lost);
    var jdbc =
        new SourceSpec.Jdbc(
            "jdbc:postgresql://127.0.0.1:1/db?user=scott&password=tiger",
            Optional.of("scott"),
            Optional.of(new Secret("tiger")),
            Optional.empty(),
            "t",
            Optional.of("at"),
            1,
            Optional.empty(),
            100,
            timeout);
    SourceException refused =
        assertThrows(SourceException.class, () -> read(source(jdbc), List.of(day("2011-01-01"))));
    assertTrue(refused.isPassing());
    for (Throwable at = refused; at != null; at = at.getCause()) {
      assertFalse(String.valueOf(at).contains("tiger"), String.valueOf(at));
    }
  }

  private String message(String url, String from, String by) {
    SourceException failure =
        assertThrows(
            SourceException.class,
            () -> read(source(url, from, Optional.of(by)), List.of(day("2011-01-01"))));
    assertTrue(failure.concernsAll(), failure.getMessage());
    return String.valueOf(failure.getMessage());
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsNotWaitedFor() throws SQLException {
    String url = PostgresServer.newDatabase();
    database(
        url, "create table t (id int, at timestamp)", "insert into t values (1, '2011-01-01')");
    timeout = Optional.of(Duration.ofSeconds(1));
    Source source =
        source(url, "(select *, pg_sleep(20)::text as z from t where id > 0)", Optional.of("at"));
    List<Interval> days = List.of(day("2011-01-01"));
    Throwable late = assertThrows(Exception.class, () -> read(source, days).count());
    SourceException told = source.explain(late, source.look(days, KnownItems.NONE)).orElseThrow();
    assertTrue(
        String.valueOf(told.getMessage())
            .contains(": it did not answer within statement-timeout = 1s; give it longer"),
        told.getMessage());
    assertTrue(told.isPassing());
    splitBy = Optional.of("id");
    SourceException atOnce =
        assertThrows(
            SourceException.class,
            () ->
                read(
                    source(
                        url,
                        "(select t.*, z.* from t, (select pg_sleep(20)::text as z) z)",
                        Optional.of("at")),
                    days));
    assertTrue(String.valueOf(atOnce.getMessage()).contains("statement-timeout = 1s"));
  }

  @Test
  void aRowThatTheDatabaseFailsOnIsNotEveryIntervalsFault() throws SQLException {
    String url = PostgresServer.newDatabase();
    database(url, "create table t (id int, at date)", "insert into t values (0, '2011-01-01')");
    Source source = source(url, "(select at, 1 / id as part from t)", Optional.of("at"));
    List<Interval> days = List.of(day("2011-01-01"));
    Throwable failure = assertThrows(Exception.class, () -> read(source, days).collectAsList());
    SourceException told =
        source.explain(failure, source.look(days, KnownItems.NONE)).orElseThrow();
    assertTrue(String.valueOf(told.getMessage()).endsWith("ERROR: division by zero"));
    assertFalse(told.isPassing() || told.concernsAll());
    assertTrue(source.explain(new IllegalStateException("ours"), Map.of()).isEmpty());
  }

  @Test
  void aDatabaseThatIsBusyMayAnswerLater() throws SQLException {
    String url = sqlite("create table t (id int, at text)");
    try (Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      statement.execute("begin exclusive");
      SourceException busy =
          assertThrows(
              SourceException.class,
              () ->
                  read(
                      source(url + "?busy_timeout=1", "t", Optional.of("at")),
                      List.of(day("2011-01-01"))));
      assertTrue(busy.isPassing(), busy.getMessage());
    }
  }
}
