package io.sluice.source.files;

import static io.sluice.source.LandingFolder.day;
import static io.sluice.source.LandingFolder.days;
import static io.sluice.source.Rows.read;
import static io.sluice.source.Rows.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.source.LandingFolder;
import io.sluice.testing.TestSpark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherFormatsTest {

  @TempDir Path temp;

  private LandingFolder landing() {
    return new LandingFolder(temp);
  }

  @Test
  void jsonFieldsAreTextAndWhatIsNestedStaysJson() {
    var landing =
        landing()
            .column("n", "number", "INT")
            .column("tags", "tags", "ARRAY<STRING>")
            .file(
                "2011-01-01.json",
                """
                {"n": 1, "name": "Café", "at": {"x": [1, 2]}, "tags": ["a", "b"]}

                {"n": "abc", "name": null}
                {"n": 2, "only_here": true, "tags": "no"}
                {broken
                [1]
                """)
            .gzip("2011-01-02.json.gz", "{\"n\": 3, \"price\": 1.50}\n");
    Dataset<Row> rows =
        read(landing.source("{yyyy-MM-dd}.json*", "json"), days("2011-01-01", "2011-01-02"));
    assertEquals(
        List.of(
            "[1,Café,{\"x\":[1,2]},[\"a\",\"b\"],null,null,2011-01-01]",
            "[3,null,null,null,null,1.50,2011-01-02]"),
        shown(
            rows.filter("_sluice_rejected is null"),
            "number",
            "name",
            "at",
            "to_json(tags)",
            "only_here",
            "price",
            "cast(_sluice_interval as date)"));
    assertEquals(
        List.of(
            "[line 3: n: 'abc' is not an INT,{\"n\": \"abc\", \"name\": null}]",
            "[line 4: tags: 'no' is not an ARRAY<STRING>,{\"n\": 2, \"only_here\": true, \"tags\": \"no\"}]",
            "[line 5: the text is not a JSON object,{broken]",
            "[line 6: the text is not a JSON object,[1]]"),
        shown(rows.filter("_sluice_rejected is not null"), "_sluice_rejected", "_sluice_raw"));
  }

  @Test
  void aPartOfAnObjectThatIsNotOfItsTypeIsAFaultAndNotNull() {
    LandingFolder landing =
        new LandingFolder(temp)
            .column("line", "line", "struct<n: int>")
            .column("tags", "tags", "array<int>")
            .file(
                "2011-01-01.json",
                "{\"line\": {\"n\": 1}, \"tags\": [1]}\n{\"line\": {\"n\": \"one\"}, \"tags\": [1, \"x\"]}\n");

    assertEquals(
        List.of(
            "[{\"n\":1},[1],null]",
            "[{},null,line 2: line: '{\"n\":\"one\"}' is not a STRUCT<n: INT>; tags: '[1,\"x\"]' is not an"
                + " ARRAY<INT>]"),
        shown(
            read(landing.source("{yyyy-MM-dd}.json", "json"), days("2011-01-01", "2011-01-01")),
            "to_json(line)",
            "to_json(tags)",
            "_sluice_rejected"));
  }

  @Test
  void aJsonFileMayBeOneArrayOrOneObject() {
    var landing =
        landing()
            .option("multiLine", "true")
            .file("2011-01-01.json", "[\n {\"a\": 1},\n {\"a\": {\"b\": 2}}\n]")
            .file("2011-01-02.json", "{\n \"a\": 3\n}")
            .file("2011-01-03.json", "[ {\"a\": 4}");
    var rows = read(landing.source("{yyyy-MM-dd}.json", "json"), days("2011-01-01", "2011-01-03"));
    assertEquals(
        List.of(
            "[1,null,null]",
            "[3,null,null]",
            "[null,object 1: the text is not a JSON object,[ {\"a\": 4}]",
            "[{\"b\":2},null,null]"),
        shown(rows, "a", "_sluice_rejected", "_sluice_raw"));
  }

  @Test
  void whatFollowsTheFirstJsonValueIsRejectedAndNotDropped() {
    var lines =
        read(
            landing()
                .file(
                    "2011-01-01.json",
                    """
                    {"a": 1}{"a": 2}
                    {"a": {"b": "} {"}},
                    {"a": 3} and so on
                    {"a": {"b": 4}}
                    {"a": 5}
                    """)
                .source("{yyyy-MM-dd}.json", "json"),
            days("2011-01-01", "2011-01-01"));
    assertEquals(
        List.of(
            "[line 1: more than one JSON value,{\"a\": 1}{\"a\": 2}]",
            "[line 3: text after the JSON value,{\"a\": 3} and so on]"),
        shown(lines.filter("_sluice_rejected is not null"), "_sluice_rejected", "_sluice_raw"));
    assertEquals(
        List.of("[5]", "[{\"b\":\"} {\"}]", "[{\"b\":4}]"),
        shown(lines.filter("_sluice_rejected is null"), "a"));
    var files =
        read(
            new LandingFolder(temp.resolve("whole"))
                .option("multiLine", "true")
                .file("2011-01-01.json", "{\"a\": 1}\n{\"a\": 2}")
                .file("2011-01-02.json", "[{\"a\": 1}]\n{\"a\": 2}")
                .source("{yyyy-MM-dd}.json", "json"),
            days("2011-01-01", "2011-01-02"));
    assertEquals(
        List.of(
            "[object 1: more than one JSON value,[{\"a\": 1}]\n{\"a\": 2}]",
            "[object 1: more than one JSON value,{\"a\": 1}\n{\"a\": 2}]"),
        shown(files, "_sluice_rejected", "_sluice_raw"));
  }

  @Test
  void optionsReachWhatTakesTheJsonApart() {
    var landing =
        landing()
            .column("at", "at", "STRUCT<d: DATE>")
            .column("d", "d", "DATE")
            .option("allowUnquotedFieldNames", "true")
            .option("allowComments", "true")
            .option("allowSingleQuotes", "false")
            .option("dateformat", "dd.MM.yyyy")
            .file(
                "2011-01-01.json",
                """
                {a: 1, at: {d: "24.12.2010"}, d: "25.12.2010"} /* one */
                {'a': 2}
                """);
    assertEquals(
        List.of(
            "[1,2010-12-24,2010-12-25,null]",
            "[null,null,null,line 2: the text is not a JSON object]"),
        shown(
            read(landing.source("{yyyy-MM-dd}.json", "json"), days("2011-01-01", "2011-01-01")),
            "a",
            "at.d",
            "d",
            "_sluice_rejected"));
  }

  @Test
  void whatIsInAnotherEncodingOrHoldsZerosIsRejectedAndNotPassedOver() {
    var rows =
        read(
            landing()
                .option("allowNonNumericNumbers", "true")
                .file("2011-01-01.json", "\0\0\0\n{\"a\": {\"b\": NaN, \"c\": 1.50}}\n")
                .file("2011-01-02.json", "{\"a\": 1}\n{\"a\": 2}\n", StandardCharsets.UTF_16LE)
                .source("{yyyy-MM-dd}.json", "json"),
            days("2011-01-01", "2011-01-02"));
    assertEquals(
        List.of("[{\"b\":\"NaN\",\"c\":1.50}]"),
        shown(rows.filter("_sluice_rejected is null"), "a"));
    assertEquals(4, rows.filter("_sluice_rejected is not null").count());
  }

  @Test
  void aJsonFileWithoutObjectsGivesOnlyRejectedRows() {
    var rows =
        read(
            landing().file("2011-01-01.json", "hello\n").source("{yyyy-MM-dd}.json", "json"),
            days("2011-01-01", "2011-01-01"));
    assertEquals(
        List.of("[line 1: the text is not a JSON object,hello]"),
        shown(rows, "_sluice_rejected", "_sluice_raw"));
  }

  @Test
  void parquetKeepsItsTypesAndNoColumnIsLost() {
    var spark = TestSpark.session();
    String root = temp.toString();
    spark
        .sql("select 1L as id, 'x' as text, date'2011-01-01' as d")
        .coalesce(1)
        .write()
        .parquet(root + "/2011-01-01");
    spark
        .sql("select 2L as id, cast(1.50 as decimal(10,2)) as price, 'abc' as text")
        .coalesce(1)
        .write()
        .parquet(root + "/2011-01-02");
    var landing = landing().column("text", "number", "INT");
    var rows = read(landing.source("{yyyy-MM-dd}", "parquet"), days("2011-01-01", "2011-01-03"));
    assertEquals(
        List.of(
            "[1,null,null,2011-01-01,text: 'x' is not an INT,{\"id\":1,\"text\":\"x\",\"d\":\"2011-01-01\"}]",
            "[2,1.50,null,null,text: 'abc' is not an INT,{\"id\":2,\"text\":\"abc\",\"price\":1.50}]"),
        shown(rows, "id", "price", "number", "d", "_sluice_rejected", "_sluice_raw"));
    assertEquals("bigint", rows.schema().apply("id").dataType().simpleString());
  }

  @Test
  void rowsOfParquetKnowTheirFileAndIntervalWhateverItsName() {
    for (int day = 1; day <= 2; day++) {
      TestSpark.session()
          .range(day, day + 1)
          .coalesce(1)
          .write()
          .parquet(temp + "/2011-01-0" + day + " é%20 [x]");
    }
    var rows = read(landing().source("{yyyy-MM-dd}*", "parquet"), days("2011-01-01", "2011-01-02"));
    assertEquals(
        List.of(
            "[1,2011-01-01 00:00:00,file:" + temp + "/2011-01-01 é%20 [x]]",
            "[2,2011-01-02 00:00:00,file:" + temp + "/2011-01-02 é%20 [x]]"),
        shown(
            rows,
            "id",
            "cast(_sluice_interval as string)",
            "substring_index(_source, '/part-', 1)"));
  }

  @Test
  void textIsALineARowOrAFileARow() {
    var landing =
        landing().file("2011-01-01.xml", "<a>\n  é\n</a>\n").file("2011-01-02.xml", "<b/>");
    assertEquals(
        List.of("[  é]", "[</a>]", "[<a>]", "[<b/>]"),
        shown(
            read(landing.source("{yyyy-MM-dd}.xml", "text"), days("2011-01-01", "2011-01-02")),
            "value"));
    assertEquals(
        List.of("[<a>\n  é\n</a>\n,2011-01-01]", "[<b/>,2011-01-02]"),
        shown(
            read(
                landing.option("wholetext", "true").source("{yyyy-MM-dd}.xml", "text"),
                days("2011-01-01", "2011-01-02")),
            "value",
            "cast(_sluice_interval as date)"));
  }

  @Test
  void textHasItsColumnWithoutAFileToo() {
    var rows = read(landing().source("{yyyy-MM-dd}.txt", "text"), days("2011-01-01", "2011-01-01"));
    assertEquals("value", rows.columns()[0]);
    var named =
        read(
            landing().column("value", "line", "STRING").source("{yyyy-MM-dd}.txt", "text"),
            days("2011-01-01", "2011-01-01"));
    assertEquals("line", named.columns()[0]);
  }

  @Test
  void textOfAnotherEncodingIsDecoded() {
    var landing =
        landing()
            .option("encoding", "ISO-8859-1")
            .file("a.txt", "Café\n", StandardCharsets.ISO_8859_1)
            .newestDue(day("2011-01-01"));
    assertEquals(
        List.of("[Café]"),
        shown(read(landing.source("*.txt", "text"), days("2011-01-01", "2011-01-01")), "value"));
  }
}
