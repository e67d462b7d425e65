package io.sluice.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.Source.KnownItems;
import io.sluice.api.SourceException;
import io.sluice.lake.SourceSpec;
import io.sluice.testing.PostgresServer;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class JdbcSourceTest extends JdbcCase {
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
  void lookingNeedsNoDatabase() {
    var looks =
        source("jdbc:postgresql://nowhere.invalid/db", "t", Optional.of("at"))
            .look(List.of(day("2011-01-01")), KnownItems.NONE);
    assertEquals(Look.Presence.PRESENT, looks.values().iterator().next().presence());
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
}
