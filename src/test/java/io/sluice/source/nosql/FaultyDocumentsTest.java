package io.sluice.source.nosql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonMaxKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;

/** Whatever is in a collection: what has a time arrives, as a row or in quarantine. */
class FaultyDocumentsTest {
  private static final int DOCUMENTS = 200;
  private static final List<String> FIELDS =
      List.of(
          "n",
          "price",
          "day",
          "at2",
          "flag",
          "note",
          "lines",
          "address",
          "a b",
          "$x",
          "N",
          "_rescued");

  /** Any value of any type. */
  private static final List<Function<Random, BsonValue>> VALUES =
      List.of(
          random -> new BsonInt32(random.nextInt()),
          random -> new BsonInt64(random.nextLong()),
          random -> new BsonDouble(random.nextGaussian() * 1e9),
          random ->
              new BsonDouble(
                  List.of(Double.NaN, Double.NEGATIVE_INFINITY, -0.0, 1e308)
                      .get(random.nextInt(4))),
          random ->
              new BsonDecimal128(
                  Decimal128.parse(
                      List.of("1.005", "-0", "NaN", "9.99E+6144", "1E-6176", "-Infinity", "12.50")
                          .get(random.nextInt(7)))),
          random ->
              new BsonString(
                  List.of(
                          "",
                          " ",
                          "x",
                          "2011-01-01",
                          "12",
                          "true",
                          "{\"a\": 1}",
                          "line\nline\r\n\u0000\u2028")
                      .get(random.nextInt(8))),
          random -> new BsonString("ü".repeat(random.nextInt(100_000))),
          random -> new BsonBoolean(random.nextBoolean()),
          random ->
              new BsonDateTime(random.nextBoolean() ? random.nextLong() : random.nextInt() * 1000L),
          random -> new BsonNull(),
          random -> new BsonObjectId(),
          random -> new BsonBinary(new byte[random.nextInt(20)]),
          random -> new BsonRegularExpression("^a", "i"),
          random -> new BsonTimestamp(random.nextInt(), 1),
          random -> new BsonMaxKey(),
          random -> new BsonArray(List.of(new BsonInt32(1), new BsonString("two"), new BsonNull())),
          random ->
              new BsonArray(
                  List.of(
                      BsonDocument.parse("{\"sku\": \"a\", \"n\": 1}"),
                      BsonDocument.parse("{\"sku\": 2, \"more\": []}"))),
          random -> new BsonDocument(),
          random ->
              BsonDocument.parse("{\"city\": \"Bath\", \"City\": 1, \"\": {}, \"a.b\": null}"));

  private static BsonDocument document(Random random, int id) {
    BsonDocument document = new BsonDocument("_id", new BsonInt32(id));
    for (String field : FIELDS) {
      if (random.nextBoolean()) {
        document.put(field, VALUES.get(random.nextInt(VALUES.size())).apply(random));
      }
    }
    long noon = Instant.parse("2011-01-01T12:00:00Z").toEpochMilli();
    int day = random.nextInt(3);
    document.put(
        "at",
        switch (random.nextInt(4)) {
          case 0 -> new BsonString("2011-01-0%dT12:00:00Z".formatted(day + 1));
          case 1 -> new BsonString("2011-01-0%d at noon".formatted(day + 1));
          default -> new BsonDateTime(noon + day * 86_400_000L);
        });
    return document;
  }

  @Test
  void eachDocumentOfADayIsARowOrInQuarantine() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<Integer, BsonDocument> given = new HashMap<>();
    try (MongoWire server = new MongoWire()) {
      for (int id = 0; id < DOCUMENTS; id++) {
        BsonDocument document = document(random, id);
        given.put(id, document);
        server.collection("shop", "faulty").insertOne(document);
      }
      for (boolean isDeclared : new boolean[] {true, false}) {
        int rows = 0;
        for (int day = 1; day <= 3; day++) {
          for (Row row : read(server, isDeclared, day)) {
            rows++;
            check(row, given, "seed " + seed);
          }
        }
        assertEquals(DOCUMENTS, rows, "seed " + seed);
      }
    }
  }

  /** What arrived says its number, as it was given; what did not, all that was given. */
  private static void check(Row row, Map<Integer, BsonDocument> given, String seed) {
    if (row.isNullAt(0)) {
      BsonDocument raw = BsonDocument.parse(row.getString(3));
      assertEquals(given.get(raw.getInt32("_id").getValue()), raw, seed);
      assertTrue(!row.getString(2).isEmpty(), seed);
    } else {
      assertTrue(row.isNullAt(2), seed);
      BsonDocument document = Objects.requireNonNull(given.get((int) row.getLong(0)));
      BsonValue note = document.get("note", new BsonNull());
      if (note.isString()) {
        assertEquals(note.asString().getValue(), row.getString(1), seed);
      }
    }
  }

  private static List<Row> read(MongoWire server, boolean isDeclared, int day) {
    List<SourceSpec.Column> columns =
        isDeclared
            ? List.of(
                column("_id", "bigint"),
                column("n", "int"),
                column("price", "decimal(10,2)"),
                column("day", "date"),
                column("at2", "timestamp"),
                column("flag", "boolean"),
                column("note", "string"),
                column("lines", "array<struct<sku: string, n: int>>"),
                column("address", "map<string, string>"))
            : List.of();
    SourceSpec.Mongo mongo =
        new SourceSpec.Mongo(
            new Secret(server.uri()),
            Optional.empty(),
            Optional.empty(),
            "shop",
            "faulty",
            Optional.of("at"),
            1,
            isDeclared ? 10 : 1000);
    MongoSource source =
        new MongoSource(
            new SourceSpec(
                Interval.ALWAYS, columns, Lookback.NONE, mongo, new Origin("jobs/raw/t.conf", 2)),
            mongo,
            Cadence.DAY,
            new LakeTime(ZoneOffset.UTC),
            Optional::empty,
            new SettableClock(Instant.parse("2011-02-01T06:00:00Z")));
    return Rows.read(source, List.of(Cadence.DAY.at(LocalDate.of(2011, 1, day).atStartOfDay())))
        .selectExpr("_id", "note", "_sluice_rejected", "_sluice_raw")
        .collectAsList();
  }

  private static SourceSpec.Column column(String name, String type) {
    return new SourceSpec.Column(name, name, Optional.of(type));
  }
}
