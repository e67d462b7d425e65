package io.sluice.source.nosql;

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
import io.sluice.source.Rows;
import io.sluice.testing.MongoWire;
import io.sluice.testing.SettableClock;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import io.sluice.time.Lookback;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** By the official connector, on a server that speaks MongoDB's protocol and is not mongod. */
class MongoSourceTest {
  private static final Instant NOW = Instant.parse("2011-02-01T06:00:00Z");
  private static final String FIT = "_sluice_rejected IS NULL";
  private static int collections;
  private static MongoWire server;

  private final String collection = "orders" + ++collections;
  private final List<SourceSpec.Column> columns = new ArrayList<>();
  private Optional<String> by = Optional.of("at");
  private Optional<String> user = Optional.empty();
  private ZoneId zone = ZoneId.of("UTC");
  private Cadence every = Cadence.DAY;
  private int readers = 1;
  private int sample = 1000;

  @BeforeAll
  static void start() {
    server = new MongoWire();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private void given(String... documents) {
    server.insert("shop", collection, documents);
  }

  private void column(String name, String type) {
    columns.add(new SourceSpec.Column(name, name, Optional.of(type)));
  }

  private Source source() {
    return source(server.uri(), collection);
  }

  private Source source(String uri, String name) {
    SourceSpec.Mongo mongo =
        new SourceSpec.Mongo(
            new Secret(uri),
            user,
            user.map(name1 -> new Secret("p@ss/wört")),
            "shop",
            name,
            by,
            readers,
            sample);
    SourceSpec spec =
        new SourceSpec(
            Interval.ALWAYS, columns, Lookback.NONE, mongo, new Origin("jobs/raw/t.conf", 2));
    return new MongoSource(
        spec,
        mongo,
        every,
        new LakeTime(zone),
        () -> Optional.of(day("2011-01-31")),
        new SettableClock(NOW));
  }

  private Dataset<Row> read(String... days) {
    return Rows.read(
        source(),
        List.of(days).stream().map(MongoSourceTest::day).toList(),
        Map.of("spark.sql.session.timeZone", zone.getId()));
  }

  private static Interval day(String day) {
    return Cadence.DAY.at(LocalDate.parse(day).atStartOfDay());
  }

  @Test
  void eachTypeHasItsPlace() {
    given(
        """
        {"_id": {"$oid": "4d1e8f3a0000000000000001"}, "at": {"$date": "2011-01-01T10:00:00.123Z"},
         "whole": {"$numberInt": "7"}, "long": {"$numberLong": "9007199254740993"}, "double": 0.1, "text": "a\\nb\\u0000c",
         "decimal": {"$numberDecimal": "12.3400"}, "yes": true, "none": null,
         "bytes": {"$binary": {"base64": "AQI=", "subType": "00"}},
         "uuid": {"$binary": {"base64": "AAECAwQFBgcICQoLDA0ODw==", "subType": "04"}},
         "pattern": {"$regularExpression": {"pattern": "^a", "options": "i"}},
         "tags": ["x", "y"], "lines": [{"sku": "a", "n": 1}, {"sku": "b", "price": 2.5}],
         "address": {"city": "Bath", "geo": {"lat": 51.4}}, "mixed": [1, "two", {"three": 3}]}
        """);
    Dataset<Row> rows = read("2011-01-01");
    assertEquals(
        "_id STRING,at TIMESTAMP,whole BIGINT,long BIGINT,double DOUBLE,text STRING,decimal DECIMAL(38,18),yes BOOLEAN,none STRING,bytes BINARY,uuid STRING,pattern STRING,tags ARRAY<STRING>,lines ARRAY<STRUCT<sku: STRING, n: BIGINT, price: DOUBLE>>,address STRUCT<city: STRING, geo: STRUCT<lat: DOUBLE>>,mixed ARRAY<STRING>,_rescued STRING",
        rows.drop("_sluice_interval", "_source", "_received_at", "_sluice_rejected", "_sluice_raw")
            .schema()
            .toDDL());
    assertEquals(
        List.of(
            "[4d1e8f3a0000000000000001,2011-01-01 10:00:00.123,7,9007199254740993,0.1,a\nb\u0000c,12.340000000000000000,true,null]"),
        Rows.shown(rows, "_id", "at", "whole", "long", "double", "text", "decimal", "yes", "none"));
    assertEquals(
        List.of(
            "[0102,00010203-0405-0607-0809-0a0b0c0d0e0f,{\"$regularExpression\":{\"pattern\":\"^a\",\"options\":\"i\"}}]"),
        Rows.shown(rows, "hex(bytes)", "uuid", "pattern"));
    assertEquals(
        List.of(
            "[{\"tags\":[\"x\",\"y\"],\"lines\":[{\"sku\":\"a\",\"n\":1},{\"sku\":\"b\",\"price\":2.5}],\"address\":{\"city\":\"Bath\",\"geo\":{\"lat\":51.4}},\"mixed\":[\"1\",\"two\",\"{\\\"three\\\":3}\"]}]"),
        Rows.shown(rows, "to_json(struct(tags, lines, address, mixed))"));
    assertEquals(
        List.of("[2011-01-01T00:00,shop.%s,2011-02-01 06:00:00.0,null]".formatted(collection)),
        Rows.shown(rows, "_sluice_interval", "_source", "_received_at", "_sluice_rejected"));
  }

  @Test
  void theServerIsAskedForTheIntervalsAloneAndRowsKnowTheirs() {
    given(
        "{\"_id\": 1, \"at\": {\"$date\": \"2010-12-31T23:59:59.999Z\"}}",
        "{\"_id\": 2, \"at\": {\"$date\": \"2011-01-01T00:00:00Z\"}}",
        "{\"_id\": 3, \"at\": {\"$date\": \"2011-01-02T23:59:59.999Z\"}}",
        "{\"_id\": 4, \"at\": {\"$date\": \"2011-01-03T00:00:00Z\"}}",
        "{\"_id\": 5, \"at\": {\"$date\": \"2011-01-05T12:00:00Z\"}}",
        "{\"_id\": 6, \"at\": null}",
        "{\"_id\": 7}");
    Dataset<Row> rows = read("2011-01-02", "2011-01-01", "2011-01-05");
    server.pipelines();
    assertEquals(
        List.of("[2,2011-01-01T00:00]", "[3,2011-01-02T00:00]", "[5,2011-01-05T00:00]"),
        Rows.shown(rows, "_id", "_sluice_interval"));
    List<String> asked = server.pipelines();
    assertEquals(1, asked.size(), "one read for all intervals");
    assertTrue(
        asked.get(0).startsWith("[{\"$match\" : {\"$or\" : [ { \"at\" : { \"$gte\" : "),
        asked.get(0));
    for (String bound :
        List.of(
            "2011-01-01T00:00:00Z",
            "2011-01-03T00:00:00Z",
            "2011-01-05T00:00:00Z",
            "2011-01-06T00:00:00Z")) {
      assertTrue(asked.get(0).contains(bound), bound + " in " + asked.get(0));
    }
  }

  @Test
  void daysAreThoseOfTheLake() {
    zone = ZoneId.of("America/New_York");
    given(
        "{\"_id\": 1, \"at\": {\"$date\": \"2011-01-01T04:59:59Z\"}}",
        "{\"_id\": 2, \"at\": {\"$date\": \"2011-01-01T05:00:00Z\"}}",
        "{\"_id\": 3, \"at\": \"2011-01-01 23:59\"}",
        "{\"_id\": 4, \"at\": \"2011-01-02T04:59:59Z\"}",
        "{\"_id\": 5, \"at\": \"2011-01-02T04:59:59+14:00\"}",
        "{\"_id\": 6, \"at\": \"2011-01-02\"}");
    assertEquals(
        List.of(
            "[2,2011-01-01T00:00]",
            "[3,2011-01-01T00:00]",
            "[4,2011-01-01T00:00]",
            "[5,2011-01-01T00:00]"),
        Rows.shown(read("2011-01-01"), "_id", "_sluice_interval"));
  }

  @Test
  void hoursAreUtc() {
    every = Cadence.HOUR;
    given(
        "{\"_id\": 1, \"at\": {\"$date\": \"2011-01-01T04:59:59Z\"}}",
        "{\"_id\": 2, \"at\": {\"$date\": \"2011-01-01T05:00:00Z\"}}",
        "{\"_id\": 3, \"at\": \"2011-01-01T05:30:00Z\"}",
        "{\"_id\": 4, \"at\": \"2011-01-01 05:not\"}",
        "{\"_id\": 5, \"at\": \"2011-01-01T06:00:00Z\"}");
    Interval five = Cadence.HOUR.at(LocalDate.parse("2011-01-01").atTime(5, 0));
    assertEquals(
        List.of("[2]", "[3]", "[null]"), Rows.shown(Rows.read(source(), List.of(five)), "_id"));
  }

  @Test
  void aKeyTellsWhenItWasMade() {
    by = Optional.of("_id");
    given(
        "{\"_id\": {\"$oid\": \"4d1e6e7f0000000000000001\"}, \"n\": 1}",
        "{\"_id\": {\"$oid\": \"4d1e6e800000000000000000\"}, \"n\": 2}",
        "{\"_id\": {\"$oid\": \"4d1fbfffffffffffffffffff\"}, \"n\": 3}",
        "{\"_id\": {\"$oid\": \"4d1fc0000000000000000000\"}, \"n\": 4}",
        "{\"_id\": 17, \"n\": 5}");
    assertEquals(List.of("[2]", "[3]"), Rows.shown(read("2011-01-01"), "n"));
  }

  @Test
  void theFieldMayBeNested() {
    by = Optional.of("meta.at");
    given(
        "{\"_id\": 1, \"meta\": {\"at\": {\"$date\": \"2011-01-01T10:00:00Z\"}}}",
        "{\"_id\": 2, \"meta\": 3}");
    assertEquals(List.of("[1]"), Rows.shown(read("2011-01-01"), "_id"));
  }

  @Test
  void aTextThatIsNoTimeIsTurnedAwayInOneIntervalOnly() {
    given(
        "{\"_id\": 1, \"at\": \"2011-01-02T25:61\"}",
        "{\"_id\": 2, \"at\": \"2011-01-02 08:00:00\"}");
    assertEquals(List.of(), Rows.shown(read("2011-01-01"), "_id"));
    assertEquals(
        List.of(
            "[2,null,null]",
            "[null,at: '2011-01-02T25:61' is not a time,{\"_id\": {\"$numberInt\": \"1\"}, \"at\": \"2011-01-02T25:61\"}]"),
        Rows.shown(read("2011-01-02"), "_id", "_sluice_rejected", "_sluice_raw"));
    assertEquals(List.of(), Rows.shown(read("2011-01-03"), "_id"));
  }

  @Test
  void whatDoesNotFitADeclaredTypeIsTurnedAwayWhole() {
    column("price", "decimal(6,2)");
    column("n", "int");
    column("day", "date");
    column("lines", "array<struct<sku: string, n: int>>");
    String at = ", \"at\": {\"$date\": \"2011-01-01T10:00:00Z\"}}";
    given(
        "{\"_id\": 1, \"price\": 1.005, \"n\": 5.0, \"day\": \"2011-01-01\", \"lines\": [{\"sku\": 1, \"n\": \"2\"}]"
            + at,
        "{\"_id\": 2, \"price\": {\"$numberDecimal\": \"1.005\"}" + at,
        "{\"_id\": 3, \"price\": 10000" + at,
        "{\"_id\": 4, \"n\": 5.5" + at,
        "{\"_id\": 5, \"n\": {\"$numberLong\": \"3000000000\"}" + at,
        "{\"_id\": 6, \"day\": \"soon\"" + at,
        "{\"_id\": 7, \"lines\": [{\"sku\": \"a\", \"n\": 1}, {\"sku\": \"b\", \"n\": \"x\"}]" + at,
        "{\"_id\": 8, \"lines\": {\"sku\": \"a\"}" + at,
        "{\"_id\": 9, \"n\": \" \"" + at);
    Dataset<Row> rows = read("2011-01-01");
    assertEquals(
        List.of("[1,1.01,5,2011-01-01,[{\"sku\":\"1\",\"n\":2}]]", "[9,null,null,null,null]"),
        Rows.shown(rows.where(FIT), "_id", "price", "n", "day", "to_json(lines)"));
    assertEquals(
        List.of(
            "[2,price: '1.005' is not a DECIMAL(6,2)]",
            "[3,price: '10000' is not a DECIMAL(6,2)]",
            "[4,n: '5.5' is not an INT]",
            "[5,n: '3000000000' is not an INT]",
            "[6,day: 'soon' is not a DATE]",
            "[7,lines.1.n: 'x' is not an INT]",
            "[8,lines: '{\"sku\":\"a\"}' is not an ARRAY<STRUCT<sku: STRING, n: INT>>]"),
        Rows.shown(
            rows.where("NOT " + FIT),
            "get_json_object(_sluice_raw, '$._id.$numberInt')",
            "_sluice_rejected"));
  }

  @Test
  void fieldsThatTheSampleDidNotHaveAreKept() {
    sample = 1;
    String at = ", \"at\": {\"$date\": \"2011-01-01T10:00:00Z\"}}";
    given(
        "{\"_id\": 1, \"address\": {\"city\": \"Bath\"}" + at,
        "{\"_id\": 2, \"colour\": \"red\", \"a b\": 1, \"address\": {\"city\": \"Rome\", \"zip\": {\"$numberLong\": \"7\"}}"
            + at);
    assertEquals(
        List.of("[1,Bath,null]", "[2,Rome,{\"a b\":1,\"address.zip\":7,\"colour\":\"red\"}]"),
        Rows.shown(read("2011-01-01"), "_id", "address.city", "_rescued"));
    columns.add(new SourceSpec.Column("a b", "a_b", Optional.of("int")));
    assertEquals(List.of("[1,null]", "[2,1]"), Rows.shown(read("2011-01-01"), "_id", "a_b"));
  }

  @Test
  void aCollectionWithoutTimeIsOnlyKnownAsItIsNow() {
    by = Optional.empty();
    given("{\"_id\": 1}", "{\"_id\": 2}");
    Map<Interval, Look> looks =
        source().look(List.of(day("2011-01-30"), day("2011-01-31")), KnownItems.NONE);
    Look past = Objects.requireNonNull(looks.get(day("2011-01-30")));
    assertEquals(Look.Presence.UNOBTAINABLE, past.presence());
    assertEquals(
        "%s/shop.%s is only known as it is now; with by = FIELD in the source, documents of the past can be asked for"
            .formatted(server.uri(), collection),
        past.why());
    assertEquals(List.of("[1]", "[2]"), Rows.shown(read("2011-01-31"), "_id"));
  }

  @Test
  void severalReadersReadEachDocumentOnce() {
    readers = 3;
    for (int i = 0; i < 50; i++) {
      given("{\"_id\": %d, \"at\": {\"$date\": \"2011-01-01T10:00:00Z\"}}".formatted(i));
    }
    Dataset<Row> rows = read("2011-01-01");
    assertEquals(3, rows.rdd().getNumPartitions());
    assertEquals(50, rows.select("_id").distinct().count());
    assertEquals(50, rows.count());
    given("{\"_id\": \"text\", \"at\": {\"$date\": \"2011-01-01T10:00:00Z\"}}");
    assertEquals(
        "jobs/raw/t.conf:2: source: %s/shop.%s: partitions = 3: keys (_id) are of several types, from number to text, and can't be cut into parts; leave partitions out"
            .formatted(server.uri(), collection),
        assertThrows(SourceException.class, () -> read("2011-01-01")).getMessage());
  }

  @Test
  void aCollectionThatIsNotThereIsNotTakenForAnEmptyOne() {
    given("{\"_id\": 1}");
    SourceException failure =
        assertThrows(
            SourceException.class,
            () -> Rows.read(source(server.uri(), "ordres"), List.of(day("2011-01-01"))));
    assertTrue(failure.concernsAll());
    String told = String.valueOf(failure.getMessage());
    assertTrue(
        told.startsWith(
            "jobs/raw/t.conf:2: source: %s/shop.ordres: there is no such collection; in this database there are "
                .formatted(server.uri())),
        told);
    assertTrue(told.contains(collection), told);
  }

  @Test
  void aWrongPasswordIsDefiniteAndNeverShown() {
    given("{\"_id\": 1}");
    user = Optional.of("reader");
    SourceException failure = assertThrows(SourceException.class, () -> read("2011-01-01"));
    assertFalse(failure.isPassing());
    assertTrue(failure.concernsAll());
    String told = String.valueOf(failure.getMessage());
    assertTrue(
        told.contains(
            "the server does not let this user in: check source.user and source.password"),
        told);
    assertNoSecret(failure, "p@ss");
    assertNoSecret(failure, "p%40ss");
  }

  private static void assertNoSecret(Throwable failure, String secret) {
    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    assertFalse(all.toString().contains(secret), all.toString());
  }

  @Test
  void thePasswordIsNotInThePlanThatSparkShows() {
    given("{\"_id\": 1, \"at\": {\"$date\": \"2011-01-01T10:00:00Z\"}}");
    String uri = server.uri() + "/?appName=s3cret";
    Dataset<Row> rows = Rows.read(source(uri, collection), List.of(day("2011-01-01")));
    assertEquals(1, rows.count());
    assertFalse(
        rows.queryExecution().toString().contains("s3cret"), rows.queryExecution().toString());
    assertFalse(source(uri, collection).toString().contains("s3cret"));
  }

  @Test
  void aServerThatIsNotThereMayComeBack() {
    try (MongoWire gone = new MongoWire()) {
      String uri = gone.uri() + "/?serverSelectionTimeoutMS=200";
      gone.die();
      SourceException failure =
          assertThrows(
              SourceException.class,
              () -> Rows.read(source(uri, collection), List.of(day("2011-01-01"))));
      String told = String.valueOf(failure.getMessage());
      assertTrue(failure.isPassing(), told);
      assertTrue(
          told.startsWith(
              "jobs/raw/t.conf:2: source: %s/shop.%s: Timed out".formatted(gone.uri(), collection)),
          told);
    }
  }

  @Test
  void aConnectorThatIsNotThereIsNamed() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(
        new ClassLoader(before) {
          @Override
          public Class<?> loadClass(String name) throws ClassNotFoundException {
            if (name.startsWith("com.mongodb")) {
              throw new ClassNotFoundException(name);
            }
            return super.loadClass(name);
          }
        });
    try {
      SourceException failure = assertThrows(SourceException.class, () -> read("2011-01-01"));
      assertTrue(failure.concernsAll());
      assertEquals(
          "jobs/raw/t.conf:2: source: the Spark connector for MongoDB is not on the class path; start with spark-submit --packages org.mongodb.spark:mongo-spark-connector_2.12:10.5.0, or in local mode with its jars in SLUICE_CLASS_PATH",
          failure.getMessage());
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
