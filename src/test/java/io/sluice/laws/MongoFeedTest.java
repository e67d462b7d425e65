package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testing.MongoWire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collection does to a lake; on a server that speaks MongoDB's protocol. */
class MongoFeedTest {
  @TempDir Path folder = Path.of("");

  private final MongoWire server = new MongoWire();

  @AfterEach
  void stop() {
    server.close();
  }

  private TestLake lake(String uri) {
    return TestLake.at(folder, "2011-01-04T04:00:00Z")
        .file(
            "jobs/raw/orders.conf",
            """
            source {
              type = mongodb, uri = "%s", database = shop, collection = orders, by = at
              columns { _id = int, price = "decimal(8,2)", lines = "array<struct<sku: string, n: int>>" }
            }
            partition-by = day
            start = 2011-01-01
            limit = 50 %%
            retry { attempts = 1 }
            """
                .formatted(uri));
  }

  private void orders(int day, int count, String more) {
    server
        .collection("shop", "orders")
        .insertMany(
            IntStream.range(0, count)
                .mapToObj(
                    i ->
                        BsonDocument.parse(
                            "{\"_id\": %d, \"at\": {\"$date\": \"2011-01-0%dT10:00:00Z\"}, %s}"
                                .formatted(1000 * day + i, day, more)))
                .toList());
  }

  @Test
  void aDayThatIsMadeThreeTimesAmongItsNeighboursHasTheSameRows() {
    for (int day = 1; day <= 3; day++) {
      orders(day, 5, "\"price\": 1.5, \"lines\": [{\"sku\": \"a\", \"n\": 1, \"x\": 1}]");
      server.insert(
          "shop",
          "orders",
          "{\"_id\": %d, \"at\": {\"$date\": \"2011-01-0%dT11:00:00Z\"}, \"price\": \"dear\"}"
              .formatted(9000 + day, day));
    }
    TestLake lake = lake(server.uri());
    lake.run();
    List<String> once =
        lake.rows("raw.orders", "_id", "price", "to_json(lines)", "_rescued", "day");
    assertEquals(15, once.size());
    assertEquals("1000|1.50|[{\"sku\":\"a\",\"n\":1}]|{\"lines.0.x\":1}|2011-01-01", once.get(0));
    assertEquals(3, lake.table("quarantine.raw.orders").count());
    lake.backfill("--date", "2011-01-02");
    lake.backfill("--from", "2011-01-01", "--to", "2011-01-03");
    lake.backfill("--date", "2011-01-03");
    lake.backfill("--date", "2011-01-02");
    assertEquals(
        once, lake.rows("raw.orders", "_id", "price", "to_json(lines)", "_rescued", "day"));
    assertEquals("", lake.plan());
  }

  @Test
  void whatTheSampleOrTheTableHasNoColumnForIsKeptInOnePlace() {
    orders(1, 1, "\"price\": 1");
    TestLake lake = lake(server.uri());
    lake.edit("jobs/raw/orders.conf", text -> text.replace("by = at", "by = at, sample = 2"));
    lake.edit("jobs/raw/orders.conf", text -> text + "drift = rescue\n");
    lake.run("--to", "2011-01-01");
    // The sample knows the colour now, and the table does not; the size is known to neither.
    orders(2, 1, "\"colour\": \"red\"");
    orders(3, 1, "\"size\": 5, \"colour\": \"blue\"");
    lake.run();
    assertEquals(
        List.of("1000|null", "2000|{\"colour\":\"red\"}", "3000|{\"colour\":\"blue\",\"size\":5}"),
        lake.rows("raw.orders", "_id", "_rescued"));
  }

  @Test
  void columnsStayWhatTheyAreWhateverASampleSaysLater() {
    server.insert(
        "shop",
        "orders",
        "{\"_id\": 5, \"at\": {\"$date\": \"2011-01-01T11:00:00Z\"}, \"n\": 1, \"coupon\": \"x\"}");
    TestLake lake = lake(server.uri());
    lake.edit("jobs/raw/orders.conf", text -> text.replace("by = at", "by = at, sample = 1"));
    lake.run("--to", "2011-01-01");
    List<String> before = lake.rows("raw.orders", "_id", "n", "coupon", "_rescued");
    server.insert(
        "shop",
        "orders",
        "{\"_id\": 1, \"at\": {\"$date\": \"2011-01-02T11:00:00Z\"}, \"n\": 2.5, \"new\": true}",
        "{\"_id\": 2, \"at\": {\"$date\": \"2011-01-02T12:00:00Z\"}, \"n\": 3, \"coupon\": \"y\"}");

    lake.run("--to", "2011-01-02");
    lake.backfill("--date", "2011-01-01");

    assertEquals(List.of("5|1|x|null"), before);
    assertEquals(
        List.of("2|3|y|null", "5|1|x|null"),
        lake.rows("raw.orders", "_id", "n", "coupon", "_rescued"));
    assertEquals(1, lake.table("quarantine.raw.orders").count());
  }

  @Test
  void aConnectionThatDiesMidReadLeavesTheTableAsItWas() throws Exception {
    orders(1, 5, "\"price\": 1");
    orders(2, 900, "\"price\": 1, \"note\": \"%s\"".formatted("x".repeat(2000)));
    try (CuttingProxy wire = new CuttingProxy(server.port())) {
      TestLake lake =
          lake(
              "mongodb://127.0.0.1:%d/?serverSelectionTimeoutMS=2000&retryReads=false"
                  .formatted(wire.port()));
      lake.run("--to", "2011-01-01");
      List<String> before = lake.rows("raw.orders", "_id");
      assertEquals(5, before.size());
      // The sample comes first.
      wire.cutsAfter(3_000_000);
      var cut = lake.type("run", "--to", "2011-01-02");
      assertEquals(1, cut.exit(), cut.err() + cut.out());
      assertTrue(wire.hasHappened());
      assertEquals("transient", lake.attempts().get(0).failureClass());
      assertTrue(
          lake.attempts().get(0).message().contains("jobs/raw/orders.conf:1: source: mongodb://"),
          lake.attempts().get(0).message());
      assertEquals(before, lake.rows("raw.orders", "_id"));
      lake.run("--to", "2011-01-02");
      assertEquals(905, lake.rows("raw.orders", "_id").size());
    }
  }

  @Test
  void noSecretIsKeptAnywhere() throws Exception {
    orders(1, 1, "\"price\": 1");
    TestLake lake = lake(server.uri() + "/?appName=s3cr3t");
    lake.run("--to", "2011-01-01");
    lake.edit(
        "jobs/raw/orders.conf",
        text -> text.replace("by = at", "by = at, user = reader, password = s3cr3t"));
    assertEquals(1, lake.type("run").exit());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean isTold = Files.readString(file, StandardCharsets.ISO_8859_1).contains("s3cr3t");
        assertEquals(file.endsWith("orders.conf"), isTold, file.toString());
      }
    }
  }
}
