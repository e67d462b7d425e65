package io.sluice.source.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.Look;
import io.sluice.api.Source.KnownItems;
import io.sluice.api.SourceException;
import io.sluice.source.Rows;
import io.sluice.testing.FakeApi;
import io.sluice.testing.FakeApi.Reply;
import io.sluice.time.Interval;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestSourceTest {
  private static final Interval SECOND = RestProject.day("2011-01-02");
  private static final Interval THIRD = RestProject.day("2011-01-03");
  private static final Interval FOURTH = RestProject.day("2011-01-04");

  @TempDir Path folder;
  private RestProject project;
  private FakeApi api;

  @BeforeEach
  void start() {
    project = new RestProject(folder);
    api = new FakeApi(ask -> Reply.json("[]"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private String at(String more) {
    return "url = \"%s\", query { day = \"{from:yyyy-MM-dd}\", token = ${SECRET} }, %s"
        .formatted(api.url("/orders"), more);
  }

  @Test
  void recordsAreRowsWithEachFieldAsItWasWritten() {
    api.answer(
        ask ->
            Reply.json(
                switch (ask.parameter("day") + " " + ask.parameter("page")) {
                  case "2011-01-02 1" ->
                      """
                      {"data": {"items": [
                        {"id": 1, "price": 0.10, "big": 12345678901234567890.123456789, "ok": true},
                        {"id": 2, "name": "Zoë \\"Z\\" \\u20ac\\n", "lines": [ {"sku": "a", "n": 1.50} ], "gone": null}
                      ]}}""";
                  case "2011-01-03 1" ->
                      "{\"data\":{\"items\":[{\"id\":3,\"at\":{\"city\":\"Oslo\"}}],\"id\":9}}";
                  default -> "{\"data\":{\"items\":[]}}";
                }));
    RestSource source = project.source(at("records = data.items, paging { type = page }"));
    Dataset<Row> rows = Rows.read(source, List.of(SECOND, THIRD, FOURTH));
    assertEquals(
        List.of("at", "big", "gone", "id", "lines", "name", "ok", "price"),
        List.of(rows.columns()).subList(0, 8));
    assertEquals(
        List.of(
            "[1,null,0.10,12345678901234567890.123456789,true,null,null,null,2011-01-02T00:00,null]",
            "[2,Zoë \"Z\" €\n,null,null,null,[ {\"sku\": \"a\", \"n\": 1.50} ],null,null,2011-01-02T00:00,null]",
            "[3,null,null,null,null,null,null,{\"city\":\"Oslo\"},2011-01-03T00:00,null]"),
        Rows.shown(
            rows,
            "id",
            "name",
            "price",
            "big",
            "ok",
            "lines",
            "gone",
            "at",
            "_sluice_interval",
            "_sluice_rejected"));
    assertEquals(
        List.of(
            "[1,%s?day=2011-01-02&token=***#page=1,2011-01-05 04:00:00]"
                .formatted(api.url("/orders")),
            "[2,%s?day=2011-01-02&token=***#page=1,2011-01-05 04:00:00]"
                .formatted(api.url("/orders")),
            "[3,%s?day=2011-01-03&token=***#page=1,2011-01-05 04:00:00]"
                .formatted(api.url("/orders"))),
        Rows.shown(rows, "id", "_source", "string(_received_at)"));
  }

  @Test
  void whatDoesNotFitGoesAsideWithItsPlace() {
    api.answer(
        ask ->
            Reply.json(
                "[{\"id\":1,\"n\":\"5\"}, 7, {\"id\":2,\"n\":\"x\"}, \"text\", {\"id\":3,\"n\":[{\"a\":1}]}, null]"));
    RestSource source = project.source(at("columns { n = int }"));
    Dataset<Row> rows = Rows.read(source, List.of(SECOND));
    assertEquals(
        List.of(
            "[\"text\",record 4: it is not a JSON object]",
            "[7,record 2: it is not a JSON object]",
            "[null,null]",
            "[null,record 6: it is not a JSON object]",
            "[{\"id\":2,\"n\":\"x\"},record 3: n: 'x' is not an INT]",
            "[{\"id\":3,\"n\":[{\"a\":1}]},record 5: n: '[{\"a\":1}]' is not an INT]"),
        Rows.shown(rows, "_sluice_raw", "_sluice_rejected"));
    assertEquals(List.of("[1,5]"), Rows.shown(rows.where("_sluice_rejected IS NULL"), "id", "n"));
  }

  @Test
  void nestedValuesTakeDeclaredTypes() {
    api.answer(
        ask ->
            Reply.json(
                "\uFEFF[{\"Id\":1,\"lines\":[{\"sku\":\"a\",\"price\":0.10},{\"sku\":\"b\"}]}]"));
    RestSource source =
        project.source(
            at(
                "columns { Id { name = order_id, type = bigint },"
                    + " lines = \"array<struct<sku: string, price: decimal(10,2)>>\" }"));
    assertEquals(
        List.of("[1,b,0.10]"),
        Rows.shown(
            Rows.read(source, List.of(SECOND)), "order_id", "lines[1].sku", "lines[0].price"));
  }

  @Test
  void aDayWithoutRecordsHasTheDeclaredColumns() {
    RestSource source = project.source(at("columns { n = int }"));
    Dataset<Row> rows = Rows.read(source, List.of(SECOND));
    assertEquals(List.of(), rows.collectAsList());
    assertEquals("n", rows.columns()[0]);
  }

  @Test
  void whatCanNotBeAColumnIsSaidWithWhatToWrite() {
    api.answer(ask -> Reply.json("[{\"unit price\":1}]"));
    SourceException failure =
        assertThrows(
            SourceException.class, () -> Rows.read(project.source(at("")), List.of(SECOND)));
    assertEquals(
        "jobs/raw/orders.conf:1: source: columns of %s: 'unit price' has a character that a table's column can't have; give another name in columns, as in columns { \"unit price\" = { name = unit_price } }"
            .formatted(api.url("/orders")),
        failure.getMessage());
  }

  @Test
  void aLookAsksNothing() {
    RestSource source = project.source(at(""));
    Map<Interval, Look> looks = source.look(List.of(SECOND, THIRD), KnownItems.NONE);
    assertEquals(Look.present(List.of()), looks.get(SECOND));
    assertEquals(List.of(), api.asked());
  }

  @Test
  void anApiThatIsNotAskedForADayKnowsOnlyThePresent() {
    RestSource source = project.source("url = \"%s\"".formatted(api.url("/prices")));
    Map<Interval, Look> looks =
        source.look(List.of(THIRD, FOURTH, Interval.ALWAYS), KnownItems.NONE);
    assertEquals(Look.Presence.UNOBTAINABLE, at(looks, THIRD).presence());
    assertTrue(at(looks, THIRD).why().contains("{from}"), at(looks, THIRD).why());
    assertEquals(Look.Presence.PRESENT, at(looks, FOURTH).presence());
    assertEquals(Look.Presence.PRESENT, at(looks, Interval.ALWAYS).presence());
  }

  private static Look at(Map<Interval, Look> looks, Interval interval) {
    return Objects.requireNonNull(looks.get(interval));
  }

  @Test
  void theDayThatFailsIsNamedAndTheOthersAreNotAskedForAgain() {
    api.answer(
        ask ->
            ask.parameter("day").equals("2011-01-03")
                ? Reply.of(500, "text/plain", "oh")
                : Reply.json("[{\"id\":\"" + ask.parameter("day") + "\"}]"));
    RestSource source = project.source(at(""));
    SourceException failure =
        assertThrows(
            SourceException.class, () -> Rows.read(source, List.of(SECOND, THIRD, FOURTH)));
    assertEquals(List.of(THIRD), failure.culprits());
    api.forgetAsked();
    project.clock.advance(Duration.ofMinutes(10));
    assertEquals(
        List.of("[2011-01-02]", "[2011-01-04]"),
        Rows.shown(Rows.read(source, List.of(SECOND, FOURTH)), "id"));
    assertEquals(List.of("2011-01-04"), api.asked("day"));
  }
}
