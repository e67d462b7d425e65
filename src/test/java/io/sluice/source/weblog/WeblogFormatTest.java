package io.sluice.source.weblog;

import static io.sluice.source.LandingFolder.days;
import static io.sluice.source.Rows.read;
import static io.sluice.source.Rows.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.SourceRows;
import io.sluice.lake.SourceSpec;
import io.sluice.source.LandingFolder;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeblogFormatTest {
  private static final String LINE =
      "%s - - [%s/May/2015:10:05:03 +0000] \"GET /%s HTTP/1.1\" 200 5\n";

  @TempDir Path temp;

  @Test
  void rowsKnowTheirFileAndDayAndBadOnesTheirLine() {
    LandingFolder landing =
        new LandingFolder(temp)
            .file(
                "2015-05-17.log",
                LINE.formatted("a", 17, "x") + "garbage\n\n" + LINE.formatted("b", 17, "y"))
            .gzip("2015-05-18.log.gz", LINE.formatted("c", 18, "z") + "gar\u0000bage");

    Dataset<Row> rows = rows(landing);

    assertEquals(
        List.of(
            "[a,/x,2015-05-17T00:00,2015-05-17.log,null,null]",
            "[b,/y,2015-05-17T00:00,2015-05-17.log,null,null]",
            "[c,/z,2015-05-18T00:00,2015-05-18.log.gz,null,null]",
            "[null,null,2015-05-17T00:00,2015-05-17.log,line 2: the line does not fit the format from"
                + " character 1 on, where client is looked for,garbage]",
            "[null,null,2015-05-18T00:00,2015-05-18.log.gz,line 2: the line does not fit the format"
                + " from character 1 on, where client is looked for,gar\u0000bage]"),
        shown(
            rows,
            "client",
            "path",
            SourceRows.INTERVAL,
            "substring_index(_source, '/', -1)",
            SourceRows.REJECTED,
            SourceRows.RAW));
  }

  @Test
  void aFileInSlicesStillKnowsItsLines() {
    StringBuilder text = new StringBuilder("\uFEFF");
    for (int line = 1; line <= 500; line++) {
      text.append(line % 100 == 0 ? "bad\n" : LINE.formatted("h" + line, 17, line));
    }
    LandingFolder landing = new LandingFolder(temp).file("2015-05-17.log", text.toString());

    Dataset<Row> rows =
        rows(
                landing,
                Map.of(
                    "spark.sql.files.maxPartitionBytes",
                    "1000",
                    "spark.sql.files.openCostInBytes",
                    "100"))
            .cache();

    assertTrue(rows.rdd().getNumPartitions() > 10);
    assertEquals(495, rows.where("client = concat('h', substring(path, 2))").count());
    assertEquals(
        List.of("[line 100]", "[line 200]", "[line 300]", "[line 400]", "[line 500]"),
        shown(
            rows.where(SourceRows.REJECTED + " IS NOT NULL"),
            "substring_index(" + SourceRows.REJECTED + ", ':', 1)"));
  }

  @Test
  void whatIsNotInTheEncodingIsTurnedAway() {
    LandingFolder landing =
        new LandingFolder(temp)
            .bytes(
                "2015-05-17.log",
                LINE.formatted("a", 17, "é")
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));

    assertEquals(
        List.of("[null,line 1: character 42 can't be read in the encoding that was given]"),
        shown(rows(landing), "client", SourceRows.REJECTED));
  }

  private static Dataset<Row> rows(LandingFolder landing) {
    return rows(landing, Map.of());
  }

  private static Dataset<Row> rows(LandingFolder landing, Map<String, String> settings) {
    return read(
        landing.source(
            new SourceSpec.Weblog(
                landing.landing("{yyyy-MM-dd}.log*"), "common", Map.of(), ZoneOffset.UTC, "UTF-8")),
        days("2015-05-17", "2015-05-18"),
        settings);
  }
}
