package io.sluice.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.Source;
import io.sluice.api.Source.KnownItems;
import io.sluice.lake.Origin;
import io.sluice.lake.SourceSpec;
import io.sluice.testing.PostgresServer;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestSpark;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import io.sluice.time.Lookback;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written into a real database, and what comes out. */
class JdbcTypesTest {
  private static final String HUGE = "x".repeat(1 << 20);

  @TempDir Path temp;

  private final List<SourceSpec.Column> declared = new ArrayList<>();

  /** A column, a value as the database's SQL has it, and what is expected in Spark. */
  private record Value(String type, String sql, String expected) {}

  private static Value value(String type, String sql, String expected) {
    return new Value(type, sql, expected);
  }

  private static void run(String url, String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Dataset<Row> read(String url, String from) {
    SourceSpec.Jdbc jdbc =
        new SourceSpec.Jdbc(
            url,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            from,
            Optional.empty(),
            1,
            Optional.empty(),
            1_000,
            Optional.empty());
    SourceSpec spec =
        new SourceSpec(
            Interval.ALWAYS, declared, Lookback.NONE, jdbc, new Origin("jobs/raw/t.conf", 2));
    Source source =
        new JdbcSource(
            spec,
            jdbc,
            Cadence.NONE,
            new LakeTime(ZoneId.of("UTC")),
            Optional::empty,
            new SettableClock(Instant.parse("2011-02-01T06:00:00Z")));
    SparkSession spark = TestSpark.session().newSession();
    spark.conf().set("spark.sql.session.timeZone", "UTC");
    return source.read(spark, source.look(List.of(Interval.ALWAYS), KnownItems.NONE)).rows();
  }

  private void roundTrip(String url, List<Value> values) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      columns.add("c%d %s".formatted(i, values.get(i).type()));
    }
    run(
        url,
        "CREATE TABLE t (" + String.join(", ", columns) + ")",
        "INSERT INTO t VALUES ("
            + values.stream().map(Value::sql).collect(Collectors.joining(", "))
            + ")",
        "INSERT INTO t (c0) VALUES (NULL)");
    Dataset<Row> rows = read(url, "t");
    Row row =
        rows.selectExpr(
                java.util.stream.Stream.concat(
                        java.util.stream.IntStream.range(0, values.size())
                            .mapToObj(i -> asText(rows, "c" + i)),
                        java.util.stream.Stream.of("_sluice_rejected"))
                    .toArray(String[]::new))
            .collectAsList()
            .get(0);
    StringBuilder expected = new StringBuilder();
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(i);
      String what = value.type() + " " + shortened(value.sql()) + " = ";
      expected.append(what).append(shortened(value.expected())).append('\n');
      String type =
          rows.schema().apply(rows.schema().fieldIndex(rows.columns()[i])).dataType().sql();
      found.append(what).append(shortened(type + ": " + row.get(i))).append('\n');
    }
    assertEquals(expected.toString(), found + "");
    assertEquals("null", String.valueOf(row.get(values.size())));
    for (String name : List.of(rows.columns()).subList(0, values.size())) {
      assertEquals(1, rows.where("`" + name + "` IS NULL").count(), name);
    }
  }

  private static String asText(Dataset<Row> rows, String column) {
    boolean isBytes =
        rows.schema()
            .apply(rows.schema().fieldIndex(at(rows, column)))
            .dataType()
            .typeName()
            .equals("binary");
    return isBytes ? "hex(%s)".formatted(column) : "CAST(%s AS STRING)".formatted(column);
  }

  private static String at(Dataset<Row> rows, String column) {
    return List.of(rows.columns()).stream()
        .filter(column::equalsIgnoreCase)
        .findFirst()
        .orElseThrow();
  }

  private static String shortened(String text) {
    return text.length() < 200 ? text : "%s…%d".formatted(text.substring(0, 40), text.length());
  }

  @Test
  void postgres() throws SQLException {
    String nines = "9".repeat(28) + "." + "9".repeat(10);
    String url = PostgresServer.newDatabase();
    run(url, "CREATE TYPE mood AS ENUM ('so so')");
    roundTrip(
        url,
        List.of(
            value("smallint", "-32768", "SMALLINT: -32768"),
            value("int", "2147483647", "INT: 2147483647"),
            value("bigint", "9223372036854775807", "BIGINT: 9223372036854775807"),
            value("real", "16777217.5", "FLOAT: 1.6777218E7"),
            value("double precision", "0.1", "DOUBLE: 0.1"),
            value("double precision", "'NaN'", "DOUBLE: NaN"),
            value("boolean", "true", "BOOLEAN: true"),
            value("bit(1)", "B'1'", "STRING: 1"),
            value("bit(9)", "B'100101100'", "STRING: 100101100"),
            value("numeric(38,10)", nines, "DECIMAL(38,10): " + nines),
            value("numeric(50,20)", "1." + "1".repeat(20), "STRING: 1." + "1".repeat(20)),
            value("numeric", "1" + "0".repeat(50) + ".5", "STRING: 1" + "0".repeat(50) + ".5"),
            value("numeric", "'NaN'", "STRING: NaN"),
            value("numeric(5,-2)", "123456", "STRING: 123500"),
            value("money", "'-1234.50'", "STRING: -1234.50"),
            value("char(5)", "'ab'", "STRING: ab   "),
            value("bpchar", "'ab'", "STRING: ab"),
            value("varchar(9)", "''", "STRING: "),
            value("text", "E'a\\n\"b\"\\t''c''\\r\\n漢字 \\\\'", "STRING: a\n\"b\"\t'c'\r\n漢字 \\"),
            value("text", "'" + HUGE + "'", "STRING: " + HUGE),
            value("json", "'{\"a\": [1.50, null]}'", "STRING: {\"a\": [1.50, null]}"),
            value("jsonb", "'{\"b\":1, \"a\":2}'", "STRING: {\"a\": 2, \"b\": 1}"),
            value(
                "uuid",
                "'123e4567-e89b-12d3-a456-426655440000'",
                "STRING: 123e4567-e89b-12d3-a456-426655440000"),
            value("mood", "'so so'", "STRING: so so"),
            value("inet", "'10.0.0.1/8'", "STRING: 10.0.0.1/8"),
            value("interval", "'1 mon 2 days 03:04:05.678'", "STRING: 1 mon 2 days 03:04:05.678"),
            value("time", "'24:00'", "STRING: 24:00:00"),
            value("timetz", "'12:30:00.5+05:30'", "STRING: 12:30:00.5+05:30"),
            value("date", "'0001-01-01'", "DATE: 0001-01-01"),
            value("date", "'1582-10-10'", "DATE: 1582-10-10"),
            value("date", "'9999-12-31'", "DATE: 9999-12-31"),
            value(
                "timestamp",
                "'0001-01-01 00:00:00.000001'",
                "TIMESTAMP: 0001-01-01 00:00:00.000001"),
            value(
                "timestamp",
                "'9999-12-31 23:59:59.999999'",
                "TIMESTAMP: 9999-12-31 23:59:59.999999"),
            value("timestamptz", "'1883-11-18 12:00:00-05'", "TIMESTAMP: 1883-11-18 17:00:00"),
            value("bytea", "'\\x00ff0a'", "BINARY: 00FF0A"),
            value("int[]", "'{1,NULL,3}'", "ARRAY<INT>: [1, null, 3]"),
            value("text[]", "'{\"a,b\",\"\\\"q\\\"\",NULL}'", "ARRAY<STRING>: [a,b, \"q\", null]"),
            value("numeric[]", "'{1.10,NaN}'", "STRING: [1.10,\"NaN\"]"),
            value(
                "timestamptz[]",
                "'{2011-01-01 00:00:00+00}'",
                "STRING: [\"2011-01-01T00:00:00+00:00\"]"),
            value("int4range", "'[1,5)'", "STRING: [1,5)"),
            value("point", "'(1,2)'", "STRING: (1,2)"),
            value("xml", "'<a>b</a>'", "STRING: <a>b</a>")));
  }

  @Test
  void mariaDb() throws SQLException {
    List<Value> values =
        List.of(
            value("tinyint", "-128", "SMALLINT: -128"),
            value("tinyint unsigned", "255", "SMALLINT: 255"),
            value("boolean", "5", "SMALLINT: 5"),
            value("smallint unsigned", "65535", "INT: 65535"),
            value("mediumint unsigned", "16777215", "INT: 16777215"),
            value("int unsigned", "4294967295", "BIGINT: 4294967295"),
            value("int", "-2147483648", "INT: -2147483648"),
            value("bigint", "-9223372036854775808", "BIGINT: -9223372036854775808"),
            value("bigint unsigned", "18446744073709551615", "DECIMAL(20,0): 18446744073709551615"),
            value("bit", "1", "SMALLINT: 1"),
            value("bit(64)", "18446744073709551615", "DECIMAL(20,0): 18446744073709551615"),
            value(
                "decimal(38,10)",
                "1234567890123456789012345678.0123456789",
                "DECIMAL(38,10): 1234567890123456789012345678.0123456789"),
            value(
                "decimal(65,30)",
                "12345678901234567890123456789012345." + "1".repeat(30),
                "STRING: 12345678901234567890123456789012345." + "1".repeat(30)),
            value("float", "16777216", "FLOAT: 1.6777216E7"),
            value("double", "0.30000000000000004", "DOUBLE: 0.30000000000000004"),
            value("char(5)", "'ab'", "STRING: ab"),
            value("varchar(20)", "'a\\n\\'b\\' \"c\" \\0z'", "STRING: a\n'b' \"c\" \0z"),
            value("varchar(9)", "''", "STRING: "),
            value("longtext", "'" + HUGE + "'", "STRING: " + HUGE),
            value("json", "'{\"a\": [1.50, null]}'", "STRING: {\"a\": [1.50, null]}"),
            value("binary(3)", "x'00ff'", "BINARY: 00FF00"),
            value("longblob", "x'00ff0a'", "BINARY: 00FF0A"),
            value("date", "'9999-12-31'", "DATE: 9999-12-31"),
            value("date", "'0001-01-01'", "DATE: 0001-01-01"),
            value("time(3)", "'-838:59:58.5'", "STRING: -838:59:58.500"),
            value(
                "datetime(6)",
                "'2011-03-27 02:30:00.123456'",
                "TIMESTAMP: 2011-03-27 02:30:00.123456"),
            value(
                "timestamp(6) null", "'2011-01-01 09:00:00.5'", "TIMESTAMP: 2011-01-01 00:00:00.5"),
            value("year", "2155", "SMALLINT: 2155"),
            value("enum('a','b c')", "'b c'", "STRING: b c"),
            value("set('a','b')", "'a,b'", "STRING: a,b"),
            value(
                "uuid",
                "'123e4567-e89b-12d3-a456-426655440000'",
                "STRING: 123e4567-e89b-12d3-a456-426655440000"),
            value("inet6", "'::1'", "STRING: ::1"),
            value("point", "POINT(1, 2)", "STRING: POINT(1 2)"));
    roundTrip(MariaServer.newDatabase("types"), values);
    // What Spark knows of MySQL, by the same driver and server.
    roundTrip(
        MariaServer.newDatabase("mysql_types").replace("jdbc:mariadb:", "jdbc:mysql:")
            + "&permitMysqlScheme",
        values);
  }

  @Test
  void h2() throws SQLException {
    roundTrip(
        "jdbc:h2:" + temp.resolve("h2") + ";DB_CLOSE_DELAY=-1",
        List.of(
            value("tinyint", "-128", "SMALLINT: -128"),
            value("smallint", "-32768", "SMALLINT: -32768"),
            value("bigint", "9223372036854775807", "BIGINT: 9223372036854775807"),
            value("boolean", "false", "BOOLEAN: false"),
            value("decimal(38,38)", "0." + "1".repeat(38), "DECIMAL(38,38): 0." + "1".repeat(38)),
            value("decimal(60,30)", "1." + "1".repeat(30), "STRING: 1." + "1".repeat(30)),
            value("decfloat", "1e5", "STRING: 1E+5"),
            value("real", "16777216", "DOUBLE: 1.6777216E7"),
            value("double precision", "0.1", "DOUBLE: 0.1"),
            value("char(5)", "'ab'", "STRING: ab   "),
            value("varchar(20)", "U&'a\\000a\"b\" ''c'' \\0000z'", "STRING: a\n\"b\" 'c' \0z"),
            value("clob", "'" + HUGE + "'", "STRING: " + HUGE),
            value("json", "json '[1,2]'", "STRING: [1,2]"),
            value(
                "uuid",
                "uuid '123e4567-e89b-12d3-a456-426655440000'",
                "STRING: 123e4567-e89b-12d3-a456-426655440000"),
            value("blob", "x'00ff'", "BINARY: 00FF"),
            value("varbinary(9)", "x'00ff'", "BINARY: 00FF"),
            value("date", "date '0001-01-01'", "DATE: 0001-01-01"),
            value("date", "date '9999-12-31'", "DATE: 9999-12-31"),
            value("time(9)", "time '23:59:59.123456789'", "STRING: 23:59:59.123456789"),
            value(
                "time with time zone", "time with time zone '12:00:00+02'", "STRING: 12:00:00+02"),
            value(
                "timestamp",
                "timestamp '1500-02-28 00:00:00.000001'",
                "TIMESTAMP: 1500-02-28 00:00:00.000001"),
            value(
                "timestamp(9)",
                "timestamp '2011-01-01 00:00:00.123456789'",
                "STRING: 2011-01-01 00:00:00.123456789"),
            value(
                "timestamp with time zone",
                "timestamp with time zone '2011-01-01 05:30:00+05:30'",
                "TIMESTAMP: 2011-01-01 00:00:00"),
            value(
                "interval day to second",
                "interval '1' day",
                "STRING: INTERVAL '1 00:00:00' DAY TO SECOND"),
            value("enum('a','b')", "'b'", "STRING: b"),
            value("int array", "array[1,null,3]", "STRING: [1,null,3]"),
            value("geometry", "'POINT(1 2)'", "STRING: POINT (1 2)")));
  }

  @Test
  void sqlite() throws SQLException {
    roundTrip(
        "jdbc:sqlite:" + temp.resolve("sqlite"),
        List.of(
            value("integer", "9223372036854775807", "BIGINT: 9223372036854775807"),
            value("int", "-1", "BIGINT: -1"),
            value("real", "0.30000000000000004", "DOUBLE: 0.30000000000000004"),
            value("double", "9e999", "DOUBLE: Infinity"),
            value("decimal(10,2)", "1.005", "STRING: 1.005"),
            value("numeric", "12345678901234567890123", "STRING: 1.2345678901234568e+22"),
            value("boolean", "2", "STRING: 2"),
            value("text", "'a' || char(10) || '\"b\" ''c'' 漢字'", "STRING: a\n\"b\" 'c' 漢字"),
            value("text", "'a' || char(0) || 'z'", "STRING: a\0z"),
            value("text", "''", "STRING: "),
            value("text", "replace(hex(zeroblob(524288)), '0', 'x')", "STRING: " + HUGE),
            value("blob", "x'00ff'", "BINARY: 00FF"),
            value("date", "'0001-01-01'", "STRING: 0001-01-01"),
            value("timestamp", "1293840000", "STRING: 1293840000"),
            value("", "'any'", "STRING: any")));
  }

  private static List<String> shown(Dataset<Row> rows, String... columns) {
    return rows.selectExpr(columns).collectAsList().stream().map(Row::toString).sorted().toList();
  }

  @Test
  void whatSparkHasNoValueForIsTurnedAwayAndKept() throws SQLException {
    String url = PostgresServer.newDatabase();
    run(
        url,
        "CREATE TABLE t (id int, at timestamptz, day date, price numeric(10,2), codes int[])",
        "INSERT INTO t VALUES (1, 'infinity', NULL, NULL, NULL), (2, NULL, '0044-03-15 BC', NULL, NULL), (3, '0044-03-15 00:00:00+00 BC', NULL, 'NaN', NULL), (4, NULL, NULL, NULL, '{{1,2},{3,4}}'), (5, '12011-01-01 00:00:00+00', '10000-01-01', 1.5, '{}')");
    assertEquals(
        List.of(
            "[1,at: 'infinity' is not a TIMESTAMP]",
            "[2,day: '0044-03-15BC' is not a DATE]",
            "[3,at: '0044-03-15 00:00:00+00BC' is not a TIMESTAMP; price: 'NaN' is not a DECIMAL(10,2)]",
            "[4,codes: '[[1,2],[3,4]]' is not an ARRAY<INT>]",
            "[5,null]"),
        shown(read(url, "t"), "id", "_sluice_rejected"));
    assertEquals(
        List.of(
            "[{\"id\":2,\"day\":\"0044-03-15BC\"}]",
            "[{\"id\":3,\"at\":\"0044-03-15 00:00:00+00BC\",\"price\":\"NaN\"}]",
            "[{\"id\":4,\"codes\":\"[[1,2],[3,4]]\"}]"),
        shown(read(url, "t").where("id BETWEEN 2 AND 4"), "_sluice_raw"));

    declared.add(new SourceSpec.Column("at", "at", Optional.of("STRING")));
    declared.add(new SourceSpec.Column("day", "born", Optional.empty()));
    assertEquals(
        List.of("[1,infinity,null,null]", "[2,null,null,day: '0044-03-15BC' is not a DATE]"),
        shown(read(url, "t").where("id < 3"), "id", "at", "born", "_sluice_rejected"));
  }

  @Test
  void aZeroDateIsNotNull() throws SQLException {
    String url = MariaServer.newDatabase("zero");
    run(
        url,
        "CREATE TABLE t (id int, day date, at datetime, changed timestamp)",
        "INSERT INTO t VALUES (1, '0000-00-00', NULL, '2011-01-01 09:00:00'), (2, NULL, '2011-00-00 00:00:00', '0000-00-00 00:00:00')");
    assertEquals(
        List.of(
            "[1,day: '0000-00-00' is not a DATE]",
            "[2,at: '2011-00-00 00:00:00' is not a TIMESTAMP; changed: '0000-00-00 00:00:00+00:00' is not a TIMESTAMP]"),
        shown(read(url, "t"), "id", "_sluice_rejected"));
  }

  @Test
  void aValueOfAnotherTypeThanItsColumnIsTurnedAway() throws SQLException {
    String url = "jdbc:sqlite:" + temp.resolve("mixed");
    run(url, "CREATE TABLE t (id INTEGER, n INT, r REAL)", "INSERT INTO t VALUES (1, 'abc', 'x')");
    assertEquals(
        List.of("[1,n: 'abc' is not a BIGINT; r: 'x' is not a DOUBLE]"),
        shown(read(url, "t"), "id", "_sluice_rejected"));
  }
}
