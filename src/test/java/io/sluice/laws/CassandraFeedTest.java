package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.sluice.api.Source;
import io.sluice.api.SourceException;
import io.sluice.lake.Origin;
import io.sluice.lake.Secret;
import io.sluice.lake.SourceSpec;
import io.sluice.source.Rows;
import io.sluice.source.nosql.CassandraSource;
import io.sluice.testing.CassandraServer;
import io.sluice.testing.SettableClock;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import io.sluice.time.Lookback;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A real Cassandra, by the official connector: one server for all, which the last test kills. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CassandraFeedTest {
  private static final Instant NOW = Instant.parse("2011-02-01T06:00:00Z");

  @TempDir static Path home = Path.of("");
  private static CassandraServer server;

  @TempDir Path folder = Path.of("");

  private final List<SourceSpec.Column> columns = new ArrayList<>();
  private ZoneId zone = ZoneId.of("UTC");
  private String password = CassandraServer.USER;

  @BeforeAll
  static void start() {
    server = new CassandraServer(home);
    server.execute(
        "CREATE KEYSPACE shop WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}",
        "CREATE TYPE shop.address (city text, rent decimal, since timestamp)",
        // Early: a client hears of a new table within a second.
        "CREATE TABLE shop.plain (id int PRIMARY KEY, day text, on_day date)");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private Source source(String table, Optional<String> by) {
    SourceSpec.Cassandra cassandra =
        new SourceSpec.Cassandra(
            List.of("127.0.0.1"),
            server.port(),
            Optional.empty(),
            Optional.of(CassandraServer.USER),
            Optional.of(new Secret(password)),
            "shop",
            table,
            by,
            Optional.empty(),
            false);
    SourceSpec spec =
        new SourceSpec(
            Interval.ALWAYS, columns, Lookback.NONE, cassandra, new Origin("jobs/raw/t.conf", 2));
    return new CassandraSource(
        spec,
        cassandra,
        Cadence.DAY,
        new LakeTime(zone),
        () -> Optional.of(day("2011-01-31")),
        new SettableClock(NOW));
  }

  private Dataset<Row> read(String table, String by, String... days) {
    return Rows.read(
        source(table, Optional.of(by)),
        Stream.of(days).map(CassandraFeedTest::day).toList(),
        Map.of("spark.sql.session.timeZone", zone.getId()));
  }

  private static Interval day(String day) {
    return Cadence.DAY.at(LocalDate.parse(day).atStartOfDay());
  }

  /** What Cassandra itself is asked for, as the connector tells it. */
  private static String asked(Dataset<Row> rows) {
    String plan = rows.queryExecution().executedPlan().toString();
    return plan.lines()
        .filter(line -> line.contains("Cassandra Filters"))
        .findFirst()
        .map(line -> line.substring(line.indexOf("Cassandra Filters")))
        .orElse(plan);
  }

  @Test
  @Order(1)
  void eachTypeArrivesAsItIs() {
    server.execute(
        """
        CREATE TABLE shop.types (
          id int, at timestamp, price decimal, huge varint, born date, seen timestamp, opens time, u uuid, t timeuuid,
          host inet, big bigint, small smallint, tiny tinyint, f float, d double, yes boolean, bytes blob, span duration, note text, ascii ascii,
          tags set<text>, prices list<decimal>, days map<text, frozen<list<date>>>, home frozen<address>, pair tuple<int, decimal>, nothing text,
          PRIMARY KEY (id, at))
        """,
        """
        INSERT INTO shop.types (id, at, price, huge, born, seen, opens, u, t, host, big, small, tiny, f, d, yes, bytes, span, note, ascii, tags, prices, days, home, pair)
        VALUES (1, '2011-01-01T10:00:00.123Z', 12345678901234567890123456789.0123456789012345678901, 123456789012345678901234567890123456789012345,
          '0001-01-01', '0001-01-01T00:00:00Z', '10:15:30.123456789', 00010203-0405-0607-0809-0a0b0c0d0e0f, 50554d6e-29bb-11e5-b345-feff819cdc9f,
          '10.0.0.1', 9223372036854775807, -32768, -128, 0.1, 0.1, true, 0x0102, 1h30m, 'a\nb', 'x',
          {'b', 'a'}, [1.10, 1e-30], {'x': ['2011-01-01']}, {city: 'Bath', rent: 1.005, since: '1500-01-01T00:00:00Z'}, (7, 0.5))
        """,
        "INSERT INTO shop.types (id, at) VALUES (2, '2011-01-01T11:00:00Z')",
        "INSERT INTO shop.types (id, at, born) VALUES (3, '2011-01-01T12:00:00Z', '-5000-01-01')",
        "INSERT INTO shop.types (id, at, seen) VALUES (4, '2011-01-01T13:00:00Z', 253402300800000)",
        "INSERT INTO shop.types (id, at, seen) VALUES (5, '2011-01-01T13:00:00Z', 9223372036854775807)");
    Dataset<Row> rows = read("types", "at", "2011-01-01");
    assertEquals(
        "id INT,at TIMESTAMP,ascii STRING,big BIGINT,born DATE,bytes BINARY,d DOUBLE,days MAP<STRING, ARRAY<STRING>>,f FLOAT,home STRUCT<city: STRING, rent: STRING, since: STRING>,host STRING,huge STRING,note STRING,nothing STRING,opens BIGINT,pair STRUCT<`0`: INT, `1`: STRING>,price STRING,prices ARRAY<STRING>,seen TIMESTAMP,small SMALLINT,span STRING,t STRING,tags ARRAY<STRING>,tiny TINYINT,u STRING,yes BOOLEAN",
        rows.drop("_sluice_interval", "_source", "_received_at", "_sluice_rejected", "_sluice_raw")
            .schema()
            .toDDL()
            .replace(" NOT NULL", ""));
    assertEquals(
        List.of(
            "[1,2011-01-01 10:00:00.123,12345678901234567890123456789.0123456789012345678901,123456789012345678901234567890123456789012345,0001-01-01,0001-01-01 00:00:00,36930123456789]"),
        Rows.shown(
            rows.where("id = 1"),
            "id",
            "at",
            "price",
            "huge",
            "born",
            "CAST(seen AS STRING)",
            "opens"));
    assertEquals(
        List.of(
            "[00010203-0405-0607-0809-0a0b0c0d0e0f,50554d6e-29bb-11e5-b345-feff819cdc9f,10.0.0.1,9223372036854775807,-32768,-128,0.1,0.1,true,0102,1h30m,a\nb,x]"),
        Rows.shown(
            rows.where("id = 1"),
            "u",
            "t",
            "host",
            "big",
            "small",
            "tiny",
            "f",
            "d",
            "yes",
            "hex(bytes)",
            "span",
            "note",
            "ascii"));
    assertEquals(
        List.of(
            "[{\"tags\":[\"a\",\"b\"],\"prices\":[\"1.10\",\"1E-30\"],\"days\":{\"x\":[\"2011-01-01\"]},\"home\":{\"city\":\"Bath\",\"rent\":\"1.005\",\"since\":\"1500-01-01T00:00:00Z\"},\"pair\":{\"0\":7,\"1\":\"0.5\"}}]"),
        Rows.shown(
            rows.where("id = 1"),
            "to_json(struct(sort_array(tags) AS tags, prices, days, home, pair))"));
    assertEquals(
        List.of(
            "[2,null,null,null]",
            "[3,-5000-01-01,null,null]",
            "[4,null,+10000-01-01 00:00:00,null]",
            "[5,null,null,seen: '+292278994-08-17T07:12:55.807Z' is not a TIMESTAMP]"),
        Rows.shown(
            rows.where("id > 1"),
            "id",
            "CAST(born AS STRING)",
            "CAST(seen AS STRING)",
            "_sluice_rejected"));
    assertEquals(
        List.of(
            "[{\"id\":5,\"at\":\"2011-01-01T13:00:00.000Z\",\"days\":{},\"prices\":[],\"seen\":\"+292278994-08-17T07:12:55.807Z\",\"tags\":[]}]"),
        Rows.shown(rows.where("id = 5"), "_sluice_raw"));
  }

  @Test
  @Order(2)
  void aDeclaredTypeIsHeld() {
    server.execute(
        "CREATE TABLE shop.declared (id int PRIMARY KEY, at timestamp, price decimal, huge varint)",
        "INSERT INTO shop.declared (id, at, price, huge) VALUES (1, '2011-01-01', 12.5, 7)",
        "INSERT INTO shop.declared (id, at, price, huge) VALUES (2, '2011-01-01', 123456789, 7)",
        "INSERT INTO shop.declared (id, at, price, huge) VALUES (3, '2011-01-01', 1, 99999999999999999999)");
    columns.add(new SourceSpec.Column("price", "amount", Optional.of("decimal(8,2)")));
    columns.add(new SourceSpec.Column("huge", "huge", Optional.of("bigint")));
    assertEquals(
        List.of(
            "[1,12.50,7,null]",
            "[2,null,7,price: '123456789' is not a DECIMAL(8,2)]",
            "[3,1.00,null,huge: '99999999999999999999' is not a BIGINT]"),
        Rows.shown(
            read("declared", "at", "2011-01-01"), "id", "amount", "huge", "_sluice_rejected"));
  }

  @Test
  @Order(3)
  void cassandraIsAskedForWhatItCanCut() {
    zone = ZoneId.of("America/New_York");
    server.execute(
        "CREATE TABLE shop.by_time (shop int, at timestamp, id int, PRIMARY KEY (shop, at, id))",
        "CREATE TABLE shop.by_day (day date, id int, PRIMARY KEY (day, id))",
        "CREATE TABLE shop.by_any (id int PRIMARY KEY, at timestamp)");
    for (String at :
        List.of(
            "2011-01-01T04:59:59.999Z",
            "2011-01-01T05:00:00Z",
            "2011-01-03T04:59:59.999Z",
            "2011-01-03T05:00:00Z",
            "2011-01-05T12:00:00Z")) {
      server.execute(
          "INSERT INTO shop.by_time (shop, at, id) VALUES (1, '%s', 1)".formatted(at),
          "INSERT INTO shop.by_any (id, at) VALUES (%d, '%s')".formatted(at.hashCode(), at),
          "INSERT INTO shop.by_day (day, id) VALUES ('%s', 1)".formatted(at.substring(0, 10)));
    }
    server.execute("INSERT INTO shop.by_any (id) VALUES (0)");
    List<String> own = List.of("[2011-01-01T00:00]", "[2011-01-02T00:00]", "[2011-01-05T00:00]");
    String[] days = {"2011-01-01", "2011-01-02", "2011-01-05"};
    Dataset<Row> byTime = read("by_time", "at", days);
    assertEquals(own, Rows.shown(byTime, "_sluice_interval"));
    assertEquals(
        "Cassandra Filters: [[\"at\" >= ?, 2011-01-01 05:00:00.0],[\"at\" < ?, 2011-01-06 05:00:00.0]]",
        asked(byTime));
    Dataset<Row> byAny = read("by_any", "at", days);
    assertEquals(own, Rows.shown(byAny, "_sluice_interval"));
    assertEquals("Cassandra Filters: []", asked(byAny));
    Dataset<Row> byDay = read("by_day", "day", days);
    assertEquals(
        List.of("[2011-01-01T00:00]", "[2011-01-05T00:00]"), Rows.shown(byDay, "_sluice_interval"));
    assertEquals(
        "Cassandra Filters: [[\"day\" IN (?, ?, ?), (2011-01-01, 2011-01-02, 2011-01-05)]]",
        asked(byDay));
  }

  @Test
  @Order(4)
  void countersAndWholeTables() {
    server.execute(
        "CREATE TABLE shop.seen (page text PRIMARY KEY, times counter)",
        "UPDATE shop.seen SET times = times + 3 WHERE page = 'a'");
    assertEquals(
        List.of("[a,3,2011-01-31T00:00]"),
        Rows.shown(
            Rows.read(source("seen", Optional.empty()), List.of(day("2011-01-31"))),
            "page",
            "times",
            "_sluice_interval"));
  }

  @Test
  @Order(5)
  void mistakesAreDefiniteAndToldPlainly() {
    String missing = wrong("palin", "day");
    assertTrue(
        missing.startsWith(
            "cassandra://127.0.0.1:%d/shop.palin: Couldn't find table palin in shop - Found similar tables in that keyspace: "
                .formatted(server.port())),
        missing);
    assertTrue(missing.contains("shop.plain"), missing);
    assertEquals(
        "by = dya: there is no such column; there are id, day, on_day", wrong("plain", "dya"));
    assertEquals("by = day: the column is neither date nor timestamp", wrong("plain", "day"));
    password = "s3cr3t";
    assertTrue(
        wrong("plain", "on_day")
            .contains(
                "the server does not let this user in: check source.user and source.password"));
  }

  private String wrong(String table, String by) {
    SourceException failure =
        assertThrows(SourceException.class, () -> read(table, by, "2011-01-01"));
    assertFalse(failure.isPassing(), failure.getMessage());
    assertTrue(failure.concernsAll(), failure.getMessage());
    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    assertFalse(all.toString().contains("s3cr3t"), all.toString());
    String where = "jobs/raw/t.conf:2: source: ";
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.startsWith(where), message);
    return message.substring(where.length());
  }

  private TestLake lake(int port) {
    return TestLake.at(folder, "2011-01-04T04:00:00Z")
        .file(
            "jobs/raw/orders.conf",
            """
            source {
              type = cassandra, hosts = "127.0.0.1", port = %d, user = reader, password = s3cr3t
              keyspace = shop, table = orders, by = at
              columns { price = "decimal(8,2)" }
            }
            partition-by = day
            start = 2011-01-01
            limit = 90 %%
            retry { attempts = 1 }
            """
                .formatted(port));
  }

  @Test
  @Order(6)
  void aDayThatIsMadeThreeTimesAmongItsNeighboursHasTheSameRowsAndNoneIsLost() throws Exception {
    server.execute(
        "CREATE ROLE reader WITH PASSWORD = 's3cr3t' AND LOGIN = true",
        "CREATE TABLE shop.orders (shop int, at timestamp, id int, price decimal, note text, PRIMARY KEY (shop, at, id))");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> prices = List.of("1.5", "null", "1e40", "-0.00", "123456789012", "7", "1.234");
    List<String> notes = List.of("", "line\nline\r\n", "ü".repeat(50_000), "{\"a\": 1}", "\u0001");
    for (int id = 0; id < 200; id++) {
      PreparedStatement insert =
          server
              .session()
              .prepare(
                  "INSERT INTO shop.orders (shop, at, id, price, note) VALUES (?, ?, ?, %s, ?)"
                      .formatted(prices.get(random.nextInt(prices.size()))));
      server
          .session()
          .execute(
              insert.bind(
                  random.nextInt(5),
                  Instant.parse("2011-01-01T00:00:00Z").plusSeconds(random.nextInt(3 * 86_400)),
                  id,
                  notes.get(random.nextInt(notes.size()))));
    }
    TestLake lake = lake(server.port());
    lake.run();
    String[] all = {"shop", "id", "price", "note", "day"};
    List<String> once = lake.rows("raw.orders", all);
    assertEquals(200, once.size() + lake.table("quarantine.raw.orders").count(), "seed " + seed);
    assertTrue(!once.isEmpty() && once.size() < 200, "seed " + seed);
    lake.backfill("--date", "2011-01-02");
    lake.backfill("--from", "2011-01-01", "--to", "2011-01-03");
    lake.backfill("--date", "2011-01-02");
    assertEquals(once, lake.rows("raw.orders", all), "seed " + seed);
    assertEquals("", lake.plan());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean isTold = Files.readString(file, StandardCharsets.ISO_8859_1).contains("s3cr3t");
        assertEquals(file.endsWith("orders.conf"), isTold, file.toString());
      }
    }
  }

  @Test
  @Order(7)
  void aServerThatDiesMidReadLeavesTheTableAsItWas() throws Exception {
    server.execute("TRUNCATE shop.orders");
    PreparedStatement insert =
        server
            .session()
            .prepare("INSERT INTO shop.orders (shop, at, id, note) VALUES (?, ?, ?, ?)");
    String note = "x".repeat(2_000);
    for (int id = 0; id < 1_000; id++) {
      server.session().execute(insert.bind(id, Instant.parse("2011-01-02T10:00:00Z"), id, note));
    }
    try (CuttingProxy wire = new CuttingProxy(server.port())) {
      TestLake lake = lake(wire.port());
      lake.run("--to", "2011-01-01");
      long version = lake.version("raw.orders").orElseThrow();
      wire.doesAfter(500_000, server::die);
      var dead = lake.type("run");
      assertEquals(1, dead.exit(), dead.err() + dead.out());
      assertEquals("transient", lake.attempts().get(0).failureClass());
      assertTrue(
          lake.attempts().get(0).message().contains("jobs/raw/orders.conf:1: source: cassandra://"),
          lake.attempts().get(0).message());
      assertEquals(version, lake.version("raw.orders").orElseThrow());
      assertTrue(wire.hasHappened());
      assertEquals(List.of(), lake.rows("raw.orders", "id"));
    }
  }
}
