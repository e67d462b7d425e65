package io.sluice.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.lake.SourceSpec;
import io.sluice.testing.PostgresServer;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Which interval a row belongs to, by the clocks of database and lake. */
class JdbcTimesTest extends JdbcCase {
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
  void aTextIsOfTheDayThatTheDatabaseComparesItTo() throws SQLException {
    zone = ZoneId.of("America/New_York");
    String url =
        sqlite(
            "create table t (id int, at text)",
            "insert into t values (1, '2026-01-05T03:00:00Z'), (2, '2026-01-05 23:00:00')");
    var source = source(url, "t", Optional.of("at"));
    List<String> alone = shown(read(source, List.of(day("2026-01-05"))), "id");
    List<Interval> three = List.of(day("2026-01-04"), day("2026-01-05"), day("2026-01-06"));

    assertEquals(List.of("[1]", "[2]"), alone);
    assertEquals(
        List.of("[1,2026-01-05]", "[2,2026-01-05]"),
        shown(read(source, three), "id", "cast(_sluice_interval as date)"));
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
            "[3,x,2011-01-02 around noon,null,2011-01-02,updated_at: '2011-01-02 around noon' is not a time]"),
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
}
