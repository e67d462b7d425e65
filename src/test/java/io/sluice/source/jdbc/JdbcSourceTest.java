package io.sluice.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.Source.KnownItems;
import io.sluice.api.SourceException;
import io.sluice.lake.Origin;
import io.sluice.lake.Secret;
import io.sluice.lake.SourceSpec;
import io.sluice.testing.PostgresServer;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestSpark;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import io.sluice.time.Lookback;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcSourceTest {

  private static final Instant NOW = Instant.parse("2011-02-01T06:00:00Z");

  @TempDir Path temp;

  private ZoneId zone = ZoneId.of("UTC");
  private Cadence every = Cadence.DAY;
  private final List<SourceSpec.Column> columns = new ArrayList<>();
  private Optional<String> splitBy = Optional.empty();
  private Optional<Duration> timeout = Optional.empty();

  private String h2(String... statements) throws SQLException {
    return database("jdbc:h2:" + temp.resolve("db") + ";DB_CLOSE_DELAY=-1", statements);
  }

  private String sqlite(String... statements) throws SQLException {
    return database("jdbc:sqlite:" + temp.resolve("db.sqlite"), statements);
  }

  private static String database(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "", "");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return url;
  }

  private Source source(String url, String from, Optional<String> by) {
    SourceSpec.Jdbc jdbc =
        new SourceSpec.Jdbc(
            url,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            from,
            by,
            splitBy.isPresent() ? 3 : 1,
            splitBy,
            1_000,
            timeout);
    return source(jdbc);
  }

  private Source source(SourceSpec.Jdbc jdbc) {
    SourceSpec spec =
        new SourceSpec(
            Interval.ALWAYS, columns, Lookback.NONE, jdbc, new Origin("jobs/raw/t.conf", 2));
    return new JdbcSource(
        spec,
        jdbc,
        every,
        new LakeTime(zone),
        () -> Optional.of(day("2011-01-31")),
        new SettableClock(NOW));
  }

  private static Interval day(String date) {
    return Cadence.DAY.at(LocalDate.parse(date).atStartOfDay());
  }

  private Dataset<Row> read(Source source, List<Interval> intervals) {
    SparkSession spark = TestSpark.session().newSession();
    spark.conf().set("spark.sql.session.timeZone", zone.getId());
    return source.read(spark, source.look(intervals, KnownItems.NONE)).rows();
  }

  private static List<String> shown(Dataset<Row> rows, String... columns) {
    return rows.selectExpr(columns).collectAsList().stream().map(Row::toString).sorted().toList();
  }

  @Test
  void rowsOfTheIntervalsAreReadWithTheirTypes() throws SQLException {
    String url =
        h2(
            "create table t (id bigint, price decimal(10,2), name varchar(50), born date, at timestamp, ok boolean, huge decimal(38,0))",
            "insert into t values (9007199254740993, 1.50, 'Zoë 漢字', date '1969-07-20', timestamp '2011-01-01 00:00:00', true, 99999999999999999999999999999999999999)",
            "insert into t values (2, null, null, null, timestamp '2011-01-02 23:59:59.999', null, null)",
            "insert into t values (3, 1, 'too late', null, timestamp '2011-01-03 00:00:00', null, null)",
            "insert into t values (4, 1, 'no time', null, null, null, null)");
    Dataset<Row> rows =
        read(source(url, "t", Optional.of("at")), List.of(day("2011-01-01"), day("2011-01-02")));
    assertEquals(
        List.of(
            "[2,null,null,null,2011-01-02 23:59:59.999,null,null,2011-01-02 00:00:00]",
            "[9007199254740993,1.50,Zoë 漢字,1969-07-20,2011-01-01 00:00:00,true,99999999999999999999999999999999999999,2011-01-01 00:00:00]"),
        shown(
            rows,
            "id",
            "price",
            "name",
            "cast(born as string)",
            "cast(at as string)",
            "ok",
            "huge",
            "cast(_sluice_interval as string)"));
    assertEquals(
        List.of("[t,2011-02-01 06:00:00,null]", "[t,2011-02-01 06:00:00,null]"),
        shown(rows, "_source", "cast(_received_at as string)", "_sluice_rejected"));
    assertEquals("timestamp", rows.schema().apply("AT").dataType().typeName());
    assertEquals("ID", rows.columns()[0]);
  }

  @Test
  void civilTimesAreTheLakesAndMomentsAreMoments() throws Exception {
    zone = ZoneId.of("Europe/Paris");
    String url = PostgresServer.newDatabase();
    database(
        url,
        "create table t (id int, civil timestamp, zoned timestamptz, any_number numeric)",
        "insert into t values (1, '2011-07-01 00:30:00', '2011-06-30 22:30:00+00', 1.5)",
        "insert into t values (2, '2011-07-01 23:30:00', '2011-07-01 21:30:00+00', null)",
        "insert into t values (3, '2011-07-02 00:30:00', '2011-07-01 22:30:00+00', 2)");
    List<Interval> both = List.of(day("2011-07-01"), day("2011-07-02"));
    for (String by : List.of("civil", "zoned")) {
      Dataset<Row> rows = read(source(url, "t", Optional.of(by)), both);
      assertEquals(
          List.of(
              "[1,2011-07-01,1309473000,1309473000]",
              "[2,2011-07-01,1309555800,1309555800]",
              "[3,2011-07-02,1309559400,1309559400]"),
          shown(
              rows,
              "id",
              "cast(_sluice_interval as date)",
              "unix_seconds(civil)",
              "unix_seconds(zoned)"));
      assertEquals(2, read(source(url, "t", Optional.of(by)), both.subList(0, 1)).count(), by);
    }
    database(
        url,
        "create table autumn (id int, at timestamptz)",
        "insert into autumn values (1, '2011-10-30 00:30:00+00'), (2, '2011-10-30 01:30:00+00')");
    every = Cadence.HOUR;
    for (int hour = 0; hour < 2; hour++) {
      Interval one = Cadence.HOUR.at(LocalDateTime.of(2011, 10, 30, hour, 0));
      assertEquals(
          List.of("[%d]".formatted(hour + 1)),
          shown(read(source(url, "autumn", Optional.of("at")), List.of(one)), "id"));
    }
  }

  private Source other(String url, String table) {
    return source(
        new SourceSpec.Jdbc(
            url.replace("jdbc:h2:", "jdbc:other:"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(OtherDriver.class.getName()),
            table,
            Optional.of("at"),
            splitBy.isPresent() ? 3 : 1,
            splitBy,
            1_000,
            timeout));
  }

  @Test
  void aDatabaseThatNobodyTriedIsReadAsSparkReadsIt() throws SQLException {
    String url =
        h2(
            "create table t (id int, at timestamp, price decimal(10,2))",
            "insert into t values (1, timestamp '2011-01-01 02:30:00', 1.5), (2, timestamp '2011-01-01 23:00:00', null)");
    splitBy = Optional.of("id");
    assertEquals(
        List.of("[1,2011-01-01 02:30:00,1.50]", "[2,2011-01-01 23:00:00,null]"),
        shown(
            read(other(url, "t"), List.of(day("2011-01-01"))),
            "id",
            "cast(at as string)",
            "price"));
  }

  @Test
  void aTypeThatSparkDoesNotKnowIsAnErrorThatSaysTheWayOut() throws SQLException {
    String url = h2("create table t (at timestamp, a interval day, b interval day)");
    SourceException failure =
        assertThrows(
            SourceException.class, () -> read(other(url, "t"), List.of(day("2011-01-01"))));
    String said = String.valueOf(failure.getMessage());
    assertTrue(
        said.endsWith(
            ": t: Spark can't read the type INTERVAL DAY of A, B; cast it in a query, as in query = \"SELECT a, CAST(b AS VARCHAR(100)) AS b FROM t\""),
        said);
  }

  @Test
  void hoursAreUtcWhateverTheLakesZone() throws SQLException {
    zone = ZoneId.of("Asia/Kolkata");
    every = Cadence.HOUR;
    String url =
        h2(
            "create table t (id int, at timestamp)",
            "insert into t values (1, timestamp '2011-01-01 05:29:59'), (2, timestamp '2011-01-01 05:30:00'), (3, timestamp '2011-01-01 06:30:00'), (4, timestamp '2011-01-01 07:30:00')");
    Interval midnight = Cadence.HOUR.at(LocalDate.parse("2011-01-01").atStartOfDay());
    Interval one = Cadence.HOUR.at(midnight.to());
    assertEquals(
        List.of("[2,2011-01-01 00:00:00]", "[3,2011-01-01 01:00:00]"),
        shown(
            read(source(url, "t", Optional.of("at")), List.of(midnight, one)),
            "id",
            "cast(_sluice_interval as string)"));
  }

  @Test
  void aTimeThatIsThereTwiceInAutumnIsReadOnce() throws SQLException {
    zone = ZoneId.of("Europe/Berlin");
    every = Cadence.HOUR;
    String url =
        h2(
            "create table t (id int, at timestamp)",
            "insert into t values (1, timestamp '2011-10-30 01:59:59'), (2, timestamp '2011-10-30 02:30:00'), (3, timestamp '2011-10-30 03:00:00')");
    Interval first = Cadence.HOUR.at(LocalDate.parse("2011-10-30").atStartOfDay());
    Interval second = Cadence.HOUR.at(first.to());
    var source = source(url, "t", Optional.of("at"));
    assertEquals(List.of("[2]"), shown(read(source, List.of(first)), "id"));
    assertEquals(List.of(), shown(read(source, List.of(second)), "id"));
    assertEquals(
        List.of("[2,2011-10-30 00:00:00]"),
        shown(read(source, List.of(first, second)), "id", "cast(_sluice_interval as string)"));
  }

  @Test
  void weeksAndMonthsAreToldByADate() throws SQLException {
    String url =
        h2(
            "create table t (id int, d date)",
            "insert into t values (1, date '2010-12-27'), (2, date '2011-01-02'), (3, date '2011-01-03'), (4, date '2011-02-28')");
    every = Cadence.WEEK;
    assertEquals(
        List.of("[1,2010-12-27]", "[2,2010-12-27]", "[3,2011-01-03]"),
        shown(
            read(
                source(url, "t", Optional.of("d")),
                Cadence.WEEK.split(day("2010-12-27").span(day("2011-01-09")))),
            "id",
            "cast(_sluice_interval as date)"));
    every = Cadence.MONTH;
    assertEquals(
        List.of("[1,2010-12-01]", "[2,2011-01-01]", "[3,2011-01-01]", "[4,2011-02-01]"),
        shown(
            read(
                source(url, "t", Optional.of("d")),
                Cadence.MONTH.split(day("2010-12-01").span(day("2011-02-28")))),
            "id",
            "cast(_sluice_interval as date)"));
  }

  @Test
  void aParallelReadingHasEachRowOnce() throws SQLException {
    String url =
        h2(
            "create table t (id int, at timestamp)",
            "insert into t select x, timestamp '2011-01-01 00:00:00' from system_range(1, 1000)",
            "insert into t values (null, timestamp '2011-01-01 12:00:00')");
    splitBy = Optional.of("id");
    Dataset<Row> rows = read(source(url, "t", Optional.of("at")), List.of(day("2011-01-01")));
    assertEquals(3, rows.rdd().getNumPartitions());
    assertEquals(
        List.of("[1001,1000,500500]"), shown(rows, "count(*)", "count(distinct id)", "sum(id)"));
    splitBy = Optional.of("at");
    assertEquals(
        1001, read(source(url, "t", Optional.of("at")), List.of(day("2011-01-01"))).count());
  }

  @Test
  void aQueryAndDeclaredColumnsMayStandInTheDefinition() throws SQLException {
    String url =
        h2(
            "create table t (id int, qty varchar(10), at timestamp)",
            "insert into t values (1, '5', timestamp '2011-01-01 10:00:00'), (2, 'abc', timestamp '2011-01-01 11:00:00')");
    columns.add(new SourceSpec.Column("qty", "quantity", Optional.of("INT")));
    Dataset<Row> rows =
        read(
            source(url, "(select id, qty, at from t where id > 0)", Optional.of("at")),
            List.of(day("2011-01-01")));
    assertEquals(
        List.of(
            "[1,5,null,null]",
            "[2,null,qty: 'abc' is not an INT,{\"ID\":2,\"QTY\":\"abc\",\"AT\":\"2011-01-01 11:00:00\"}]"),
        shown(rows, "id", "quantity", "_sluice_rejected", "_sluice_raw"));
  }

  @Test
  void aWholeTableKnowsOnlyThePresent() throws SQLException {
    String url = h2("create table t (id int)", "insert into t values (1), (2)");
    Source source = source(url, "t", Optional.empty());
    var looks = source.look(List.of(day("2011-01-30"), day("2011-01-31")), KnownItems.NONE);
    assertEquals(
        List.of(Look.Presence.UNOBTAINABLE, Look.Presence.PRESENT),
        looks.values().stream().map(Look::presence).toList());
    assertEquals(
        List.of("[1,2011-01-31]", "[2,2011-01-31]"),
        shown(
            read(source, List.of(day("2011-01-30"), day("2011-01-31"))),
            "id",
            "cast(_sluice_interval as date)"));
    every = Cadence.NONE;
    assertEquals(2, read(source(url, "t", Optional.empty()), List.of(Interval.ALWAYS)).count());
  }

  @Test
  void sqliteKeepsTimesAsText() throws SQLException {
    String url =
        sqlite(
            "create table t (id integer, price decimal(10,2), name text, updated_at timestamp, d date)",
            "insert into t values (1, 1.25, 'é', '2011-01-01 08:00:00', '2011-01-01')",
            "insert into t values (2, null, null, '2011-01-02', null)",
            "insert into t values (3, 7, 'x', '2011-01-02 around noon', null)",
            "insert into t values (4, 7, 'x', '2011-01-03 00:00:00', null)");
    Dataset<Row> rows =
        read(
            source(url, "t", Optional.of("updated_at")),
            List.of(day("2011-01-01"), day("2011-01-02")));
    assertEquals(
        List.of(
            "[1,é,2011-01-01 08:00:00,2011-01-01,2011-01-01,null]",
            "[2,null,2011-01-02,null,2011-01-02,null]",
            "[3,x,2011-01-02 around noon,null,2011-01-01,updated_at: '2011-01-02 around noon' is not a time]"),
        shown(
            rows,
            "id",
            "name",
            "updated_at",
            "d",
            "cast(_sluice_interval as date)",
            "_sluice_rejected"));
  }

  @Test
  void lookingNeedsNoDatabase() {
    var looks =
        source("jdbc:postgresql://nowhere.invalid/db", "t", Optional.of("at"))
            .look(List.of(day("2011-01-01")), KnownItems.NONE);
    assertEquals(Look.Presence.PRESENT, looks.values().iterator().next().presence());
  }

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

  @Test
  void mariaDbsTimestampsAreMomentsAndItsNamesAreNames() throws SQLException {
    zone = ZoneId.of("Europe/Paris");
    String url = MariaServer.newDatabase("moments");
    database(
        url,
        "create table t (`a b` int, civil datetime, moment timestamp null, `select` varchar(9))",
        // The server's clock is nine hours ahead of UTC.
        "insert into t values (1, '2011-07-01 00:30:00', '2011-07-01 07:30:00', 'x'), (2, '2011-07-02 00:30:00', '2011-07-02 07:30:00', 'y')");
    columns.add(new SourceSpec.Column("a b", "id", Optional.empty()));
    for (String by : List.of("civil", "moment")) {
      splitBy = Optional.of(by);
      assertEquals(
          List.of("[1,2011-07-01,1309473000,1309473000,x]"),
          shown(
              read(source(url, "t", Optional.of(by)), List.of(day("2011-07-01"))),
              "id",
              "cast(_sluice_interval as date)",
              "unix_seconds(civil)",
              "unix_seconds(moment)",
              "`select`"));
    }
  }

  @Test
  void aColumnThatIsReadByItsTextSplitsByItsValue() throws SQLException {
    String url = PostgresServer.newDatabase();
    database(
        url,
        "create table t (id numeric, at timestamptz)",
        "insert into t select x, '2011-01-01 12:00:00' from generate_series(1, 1000) x",
        "insert into t values (5, 'infinity'), (6, '-infinity'), (7, null)");
    for (String by : List.of("id", "at")) {
      splitBy = Optional.of(by);
      Dataset<Row> rows = read(source(url, "t", Optional.empty()), List.of(day("2011-01-31")));
      assertEquals(3, rows.rdd().getNumPartitions());
      assertEquals(List.of("[1003,500518]"), shown(rows, "count(*)", "sum(cast(id as int))"));
      assertFalse(List.of(rows.columns()).contains(TableFacts.SPLIT));
    }
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

  private String message(String url, String from, String by) {
    SourceException failure =
        assertThrows(
            SourceException.class,
            () -> read(source(url, from, Optional.of(by)), List.of(day("2011-01-01"))));
    assertTrue(failure.concernsAll(), failure.getMessage());
    return String.valueOf(failure.getMessage());
  }
}
