package io.sluice.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.sluice.time.Interval;
import io.sluice.time.Lookback;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.execution.datasources.parquet.ParquetOptions;
import org.apache.spark.sql.execution.datasources.text.TextOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

/** Each key of a source does something. */
class SourceKeysTest {
  @TempDir Path folder;
  private TestProject project;

  @BeforeEach
  void start() {
    project = new TestProject(folder);
  }

  private List<SourceSpec> sources(String text) {
    Job job = project.file("jobs/raw/sales.conf", text).job("raw.sales");
    return ((Making.FromSource) job.making()).sources();
  }

  private SourceSpec source(String inside) {
    return sources("start = 2010-12-01\nsource { %s }\n".formatted(inside)).get(0);
  }

  private static Interval days(String from, String to) {
    return new Interval(LocalDateTime.parse(from + "T00:00"), LocalDateTime.parse(to + "T00:00"));
  }

  @Test
  void filesWithAllTheirKeys() {
    SourceSpec source =
        source(
            "type = files, path = \"landing/{yyyy-MM-dd}.tsv\", format = csv,"
                + " options { header = true, sep = \"\\t\" }, missing = wait");
    assertEquals(
        new SourceSpec.Files(
            new SourceSpec.Landing(folder + "/landing/{yyyy-MM-dd}.tsv", SourceSpec.Missing.WAIT),
            "csv",
            Map.of("header", "true", "sep", "\t")),
        source.kind());
    assertEquals(days("2010-12-01", "9999-12-31"), source.span());
  }

  @Test
  void landingFoldersWithAllTheirKeys() {
    assertEquals(
        new SourceSpec.Landing(
            folder + "/in/{yyyy-MM-dd}/*.csv",
            SourceSpec.Missing.EMPTY,
            List.of("*.tmp", "*.part"),
            Optional.of("_SUCCESS"),
            Duration.ofMinutes(5)),
        ((SourceSpec.Files)
                source(
                        "type = files, path = \"in/{yyyy-MM-dd}/*.csv\", exclude = [\"*.tmp\", \"*.part\"],"
                            + " ready = _SUCCESS, settle = 5m")
                    .kind())
            .landing());
  }

  @Test
  void webLogsWithAllTheirKeys() {
    SourceSpec.Landing landing = new SourceSpec.Landing(folder + "/a.log", SourceSpec.Missing.FAIL);
    assertEquals(
        new SourceSpec.Weblog(
            landing, "json", Map.of("client", "ip"), ZoneId.of("Europe/London"), "ISO-8859-1"),
        source(
                "type = weblog, path = \"a.log\", missing = fail, format = json,"
                    + " fields { client = ip }, zone = \"Europe/London\", encoding = ISO-8859-1")
            .kind());
    assertEquals(
        new SourceSpec.Weblog(landing, "%h %s", Map.of(), ZoneOffset.UTC, "UTF-8"),
        source("type = weblog, path = \"a.log\", missing = fail, format = \"%h %s\"").kind());
  }

  @Test
  void xmlWithAllItsKeys() {
    SourceSpec.Landing landing =
        new SourceSpec.Landing(folder + "/a.xml", SourceSpec.Missing.EMPTY);
    assertEquals(
        new SourceSpec.Xml(
            landing,
            "orders/order",
            Map.of("shop", "urn:shop"),
            Optional.of("file:" + folder + "/conf/order.xsd"),
            Optional.of("UTF-16")),
        source(
                "type = xml, path = \"a.xml\", row = \"orders/order\", namespaces { shop = \"urn:shop\" },"
                    + " xsd = \"conf/order.xsd\", encoding = UTF-16")
            .kind());
  }

  @Test
  void fixedPlacesWithAllTheirKeys() {
    SourceSpec.Landing landing =
        new SourceSpec.Landing(folder + "/a.txt", SourceSpec.Missing.EMPTY);
    assertEquals(
        new SourceSpec.Fixed(
            landing,
            List.of(
                new SourceSpec.Fixed.Field("kind", new SourceSpec.Fixed.Place(1, 1)),
                new SourceSpec.Fixed.Field("account", new SourceSpec.Fixed.Place(3, 12))),
            Optional.of(
                new SourceSpec.Fixed.RecordType(
                    new SourceSpec.Fixed.Place(1, 2), "10", List.of("00"))),
            "windows-1252"),
        source(
                "type = fixed, path = \"a.txt\", layout { account = 3-12, kind = 1 },"
                    + " record { at = 1-2, is = \"10\", others = [\"00\"] }, encoding = windows-1252")
            .kind());
  }

  @Test
  void theFormatIsThatOfTheFilesName() {
    assertEquals(
        "csv", ((SourceSpec.Files) source("type = files, path = \"a.csv.gz\"").kind()).format());
    assertEquals(
        "json", ((SourceSpec.Files) source("type = files, path = \"a.jsonl\"").kind()).format());
    assertEquals(
        "text", ((SourceSpec.Files) source("type = files, path = \"a.log*\"").kind()).format());
  }

  @Test
  void anOptionThatSparkWouldIgnoreIsAMistake() {
    project.file(
        "jobs/raw/sales.conf",
        """
        start = 2010-12-01
        source {
          type = files, path = "a.csv"
          options { encoding = latin9x, heder = true, wholetext = true, mode = DROPMALFORMED, HEADER = true }
        }
        """);
    assertEquals(
        """
        jobs/raw/sales.conf:4: source.options.encoding: 'latin9x' is no encoding; write UTF-8, ISO-8859-1, windows-1252 …
        jobs/raw/sales.conf:4: source.options.heder: format = csv has no such option; did you mean header?
        jobs/raw/sales.conf:4: source.options.mode: can't be set: rows that can't be read always go to quarantine; leave it out
        jobs/raw/sales.conf:4: source.options.wholetext: format = csv has no such option; known are %s"""
            .formatted(String.join(", ", FileOptions.known("csv"))),
        project.problems());
  }

  @Test
  void anOptionThatSluiceDoesNotPassOnIsRefused() {
    project.file(
        "jobs/raw/sales.conf",
        """
        start = 2010-12-01
        source { type = files, path = "a.json", options { timeZone = UTC, locale = de, samplingRatio = 1 } }
        """);
    String known = String.join(", ", FileOptions.known("json"));
    assertEquals(
        """
        jobs/raw/sales.conf:2: source.options.locale: format = json has no such option; known are %1$s
        jobs/raw/sales.conf:2: source.options.samplingRatio: format = json has no such option; known are %1$s
        jobs/raw/sales.conf:2: source.options.timeZone: can't be set: times are of the lake's clock; put time-zone in conf/lake.conf"""
            .formatted(known),
        project.problems());
  }

  /** A new option of these lists needs a place that uses it; OtherFormatsTest reads by some. */
  @Test
  void eachKnownOptionHasAPlaceThatUsesIt() {
    String typed = " dateFormat timestampFormat timestampNTZFormat"; // TypedColumn
    String text = " encoding charset lineSep"; // FileScan.text, and the reader of text
    Set<String> json = names("multiLine" + typed + text); // JsonFormat
    // JsonOptions hands these to all that takes JSON apart.
    FileOptions.known("json").stream().filter(name -> name.startsWith("allow")).forEach(json::add);
    assertEquals(json, new TreeSet<>(FileOptions.known("json")));
    assertEquals(names("wholetext" + text), new TreeSet<>(FileOptions.known("text")));
    Set<String> csv =
        names( // CsvDialect and CsvFormat
            "sep delimiter quote escape comment header multiLine encoding charset" + typed);
    csv.addAll( // Spark's reader, which reads fields as text
        names(
            "lineSep nullValue emptyValue ignoreLeadingWhiteSpace ignoreTrailingWhiteSpace"
                + " maxColumns maxCharsPerColumn charToEscapeQuoteEscaping unescapedQuoteHandling"
                + " inputBufferSize"));
    assertEquals(csv, new TreeSet<>(FileOptions.known("csv")));
    assertEquals( // Spark's reader
        names("datetimeRebaseMode int96RebaseMode"), new TreeSet<>(FileOptions.known("parquet")));
  }

  private static Set<String> names(String words) {
    return new TreeSet<>(List.of(words.split(" ")));
  }

  @Test
  void theOptionsThatAreKnownAreSparksOwn() {
    Set<String> ours = new HashSet<>(FileOptions.known("csv"));
    ours.removeAll(JavaConverters.setAsJavaSet(CSVOptions.getAllOptions()));
    assertEquals(Set.of(), ours);
    ours.addAll(FileOptions.known("json"));
    ours.removeAll(JavaConverters.setAsJavaSet(JSONOptions.getAllOptions()));
    assertEquals(Set.of(), ours);
    ours.addAll(FileOptions.known("parquet"));
    ours.removeAll(JavaConverters.setAsJavaSet(ParquetOptions.getAllOptions()));
    assertEquals(Set.of(), ours);
    ours.addAll(FileOptions.known("text"));
    ours.removeAll(JavaConverters.setAsJavaSet(TextOptions.getAllOptions()));
    assertEquals(Set.of("charset"), ours, "Read by Sluice, as for CSV");
  }

  @Test
  void aPathOnObjectStorageStaysAsItIs() {
    SourceSpec.Files files =
        (SourceSpec.Files) source("type = files, path = \"s3a://bucket/a.csv\"").kind();
    assertEquals("s3a://bucket/a.csv", files.landing().path());
    assertEquals(SourceSpec.Missing.EMPTY, files.landing().missing());
  }

  @Test
  void columnsAreRenamedAndTypedInTheOrderInWhichTheyAreWritten() {
    SourceSpec source =
        source(
            "type = files, path = \"a.csv\", columns { Zed = int,"
                + " \"Unit Price\" { name = unit_price, type = \"decimal(10,2)\" }, Able { name = able } }");
    assertEquals(
        List.of(
            new SourceSpec.Column("Zed", "Zed", Optional.of("int")),
            new SourceSpec.Column("Unit Price", "unit_price", Optional.of("decimal(10,2)")),
            new SourceSpec.Column("Able", "able", Optional.empty())),
        source.columns());
  }

  @Test
  void jdbcWithAllItsKeys() {
    project.variable("PW", "secret");
    SourceSpec source =
        source(
            "type = jdbc, url = \"jdbc:h2:mem:a\", user = sa, password = ${PW},"
                + " driver = org.h2.Driver, table = customers, by = updated_at, reread = 3 days,"
                + " partitions = 4, split-by = id, fetch-size = 500, statement-timeout = 10m");
    SourceSpec.Jdbc jdbc = (SourceSpec.Jdbc) source.kind();
    assertEquals(
        new SourceSpec.Jdbc(
            "jdbc:h2:mem:a",
            Optional.of("sa"),
            Optional.of(new Secret("secret")),
            Optional.of("org.h2.Driver"),
            "customers",
            Optional.of("updated_at"),
            4,
            Optional.of("id"),
            500,
            Optional.of(Duration.ofMinutes(10))),
        jdbc);
    assertEquals(new Lookback(3, ChronoUnit.DAYS), source.reread());
    assertFalse(jdbc.toString().contains("secret"));
  }

  @Test
  void mongodbWithAllItsKeys() {
    project.variable("PW", "secret");
    SourceSpec source =
        source(
            "type = mongodb, uri = \"mongodb+srv://shop.internal/?tls=true\", user = reader, password = ${PW},"
                + " database = shop, collection = \"orders.eu\", by = meta.updated_at, reread = 3 days, partitions = 4,"
                + " sample = 50, columns { \"a b\" { name = a_b, type = int } }");
    assertEquals(
        new SourceSpec.Mongo(
            new Secret("mongodb+srv://shop.internal/?tls=true"),
            Optional.of("reader"),
            Optional.of(new Secret("secret")),
            "shop",
            "orders.eu",
            Optional.of("meta.updated_at"),
            4,
            50),
        source.kind());
    assertEquals(new Lookback(3, ChronoUnit.DAYS), source.reread());
    assertFalse(source.toString().contains("secret"));
    SourceSpec.Mongo plain =
        (SourceSpec.Mongo)
            source("type = mongodb, uri = \"mongodb://a\", database = shop, collection = orders")
                .kind();
    assertEquals(1, plain.parallel());
    assertEquals(1000, plain.sample());
  }

  @Test
  void cassandraWithAllItsKeys() {
    project.variable("PW", "secret");
    SourceSpec source =
        source(
            "type = cassandra, hosts = [a.internal, \"10.0.0.2\"], port = 9142, local-dc = eu, user = reader, password = ${PW},"
                + " keyspace = shop, table = orders, by = updated_at, reread = 3 days, consistency = LOCAL_QUORUM, ssl = true");
    assertEquals(
        new SourceSpec.Cassandra(
            List.of("a.internal", "10.0.0.2"),
            9142,
            Optional.of("eu"),
            Optional.of("reader"),
            Optional.of(new Secret("secret")),
            "shop",
            "orders",
            Optional.of("updated_at"),
            Optional.of("LOCAL_QUORUM"),
            true),
        source.kind());
    assertEquals(new Lookback(3, ChronoUnit.DAYS), source.reread());
    assertFalse(source.toString().contains("secret"));
    SourceSpec.Cassandra plain =
        (SourceSpec.Cassandra)
            source("type = cassandra, hosts = a, keyspace = shop, table = orders").kind();
    assertEquals(List.of("a"), plain.hosts());
    assertEquals(9042, plain.port());
    assertFalse(plain.ssl());
  }

  @Test
  void whatIsReadOfADatabaseDecidesItsRowsAndWhoReadsDoesNot() {
    String mongo =
        "type = mongodb, uri = \"mongodb://%s\", database = %s, collection = orders, by = %s, partitions = %d";
    assertEquals(
        print(mongo.formatted("a", "shop", "at", 1)), print(mongo.formatted("b", "shop", "at", 4)));
    assertNotEquals(
        print(mongo.formatted("a", "shop", "at", 1)),
        print(mongo.formatted("a", "shop2", "at", 1)));
    assertNotEquals(
        print(mongo.formatted("a", "shop", "at", 1)),
        print(mongo.formatted("a", "shop", "at2", 1)));
    String cassandra = "type = cassandra, hosts = %s, keyspace = shop, table = %s, by = %s";
    assertEquals(
        print(cassandra.formatted("a", "t", "at")), print(cassandra.formatted("b", "t", "at")));
    assertNotEquals(
        print(cassandra.formatted("a", "t", "at")), print(cassandra.formatted("a", "t2", "at")));
    assertNotEquals(
        print(cassandra.formatted("a", "t", "at")), print(cassandra.formatted("a", "t", "at2")));
  }

  private String print(String text) {
    source(text);
    return project.job("raw.sales").fingerprint();
  }

  @Test
  void restWithAllItsKeys() {
    project.variable("TOKEN", "secret");
    SourceSpec source =
        source(
            """
            type = rest, url = "https://api.shop.example/{from:yyyy}/orders", method = post
            query { updated_to = "{to}", "filter[status]" = all }
            headers { Accept-Language = en }, body = "{\\"since\\": \\"{from}\\"}"
            auth { type = bearer, token = ${TOKEN} }
            records = data.items
            paging { type = page, in = body, parameter = p, first = 0, size-parameter = n, size = 50, total = meta.total }
            rate = 2.5, timeout = 10s, reuse = 5m, most-pages = 20, reread = 2 days
            """);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("updated_to", "{to}");
    query.put("filter[status]", "all");
    assertEquals(
        new SourceSpec.Rest(
            new RestRequest(
                "https://api.shop.example/{from:yyyy}/orders",
                true,
                query,
                Map.of("Accept-Language", new Secret("en")),
                Optional.of("{\"since\": \"{from}\"}")),
            new RestAuth.Bearer(new Secret("secret")),
            List.of("data", "items"),
            new RestPaging.Numbered(
                false,
                "p",
                true,
                0,
                OptionalInt.of(50),
                Optional.of("n"),
                List.of("meta", "total")),
            new RestLimits(Optional.of(2.5), Duration.ofSeconds(10), Duration.ofMinutes(5), 20)),
        source.kind());
    assertEquals(new Lookback(2, ChronoUnit.DAYS), source.reread());
    assertFalse(source.toString().contains("secret"), source.toString());
  }

  @Test
  void restWithNothingButItsUrl() {
    SourceSpec.Rest rest = rest("");
    assertEquals(
        new RestRequest("https://shop/orders", false, Map.of(), Map.of(), Optional.empty()),
        rest.request());
    assertEquals(new RestAuth.None(), rest.auth());
    assertEquals(List.of(), rest.records());
    assertEquals(new RestPaging.None(), rest.paging());
    assertEquals(
        new RestLimits(Optional.empty(), Duration.ofSeconds(30), Duration.ofHours(1), 10_000),
        rest.limits());
  }

  private SourceSpec.Rest rest(String more) {
    return (SourceSpec.Rest) source("type = rest, url = \"https://shop/orders\"\n" + more).kind();
  }

  @Test
  void restSaysWhoAsksInFourWays() {
    project.variable("KEY", "secret");
    assertEquals(
        new RestAuth.Basic("me", new Secret("secret")),
        rest("auth { type = basic, user = me, password = ${KEY} }").auth());
    assertEquals(
        new RestAuth.ApiKey(true, "X-Key", new Secret("secret")),
        rest("auth { type = api-key, header = X-Key, key = ${KEY} }").auth());
    assertEquals(
        new RestAuth.ApiKey(false, "key", new Secret("secret")),
        rest("auth { type = api-key, parameter = key, key = ${KEY} }").auth());
    assertEquals(
        new RestAuth.ClientCredentials(
            "https://shop/token", "me", new Secret("secret"), Optional.of("read"), true),
        rest("auth { type = client-credentials, token-url = \"https://shop/token\", id = me, secret = ${KEY}, scope = read, in = body }")
            .auth());
  }

  @Test
  void restGoesOnInFiveWays() {
    assertEquals(
        new RestPaging.Numbered(
            true, "offset", false, 0, OptionalInt.empty(), Optional.empty(), List.of()),
        rest("paging { type = offset }").paging());
    assertEquals(
        new RestPaging.Numbered(
            false, "page", false, 1, OptionalInt.of(9), Optional.empty(), List.of()),
        rest("paging { type = page, size = 9 }").paging());
    assertEquals(
        new RestPaging.Cursor("after", true, List.of("meta", "next")),
        rest("method = post, body = \"{}\", paging { type = cursor, in = body, parameter = after, path = meta.next }")
            .paging());
    assertEquals(new RestPaging.Link(), rest("paging { type = link }").paging());
    assertEquals(
        new RestPaging.Next(List.of("@odata.nextLink")),
        rest("paging { type = next, path = [\"@odata.nextLink\"] }").paging());
  }

  @Test
  void whatAnApiIsAskedDecidesItsRowsAndWhoAsksDoesNot() {
    String plain = restPrint("query { a = 1 }");
    assertEquals(
        plain,
        restPrint(
            "query { a = 1, api_key = x }, headers { X-Token = x }, rate = 5, timeout = 5s, reuse = 0s,"
                + " most-pages = 5, auth { type = bearer, token = x }"));
    for (String other :
        List.of(
            "query { a = 2 }",
            "query { a = 1 }, headers { Accept-Language = en }",
            "query { a = 1 }, records = items",
            "query { a = 1 }, method = post",
            "query { a = 1 }, method = post, body = \"{}\"",
            "query { a = 1 }, paging { type = link }")) {
      assertNotEquals(plain, restPrint(other), other);
    }
  }

  private String restPrint(String more) {
    rest(more);
    return project.job("raw.sales").fingerprint();
  }

  @Test
  void aQueryStandsInParentheses() {
    SourceSpec source =
        source("type = jdbc, url = \"jdbc:h2:mem:a\", query = \"SELECT id FROM customers;\"");
    assertEquals("(SELECT id FROM customers)", ((SourceSpec.Jdbc) source.kind()).from());
  }

  @Test
  void aFeedThatChangedItsFormatHasASourceForEachTime() {
    List<SourceSpec> sources =
        sources(
            """
            source = [
              { type = files, path = "new/{yyyy-MM-dd}.json", start = 2011-07-01 }
              { type = files, path = "old/{yyyy-MM-dd}.csv", end = 2011-06-30 }
            ]
            start = 2010-12-01
            end = 2011-12-31
            """);
    assertEquals(
        List.of(days("2010-12-01", "2011-07-01"), days("2011-07-01", "2012-01-01")),
        sources.stream().map(SourceSpec::span).toList());
    assertEquals(new Origin("jobs/raw/sales.conf", 3), sources.get(0).origin());
  }

  @Test
  void theTimeOfTheSourcesIsTheTimeOfTheJob() {
    String text = "source { type = files, path = \"a.csv\", start = 2010-12-01, end = 2011-01 }\n";
    Schedule schedule = project.file("jobs/raw/sales.conf", text).job("raw.sales").schedule();
    assertEquals(days("2010-12-01", "2011-02-01"), schedule.span());
  }
}
