package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the page: files in the form of DynamoDB's exports, made by hand. */
class DynamoExportTest {
  private static final Pattern FILE =
      Pattern.compile("(?s)`(jobs/[a-z_/]+\\.(?:sql|conf))`:\\n\\n```\\w+\\n(.*?)```");

  @TempDir Path folder = Path.of("");

  @Test
  void anExportADayIsATable() throws Exception {
    TestLake lake = TestLake.at(folder, "2026-01-03T04:00:00Z");
    String page = Files.readString(Path.of("docs/sources/dynamodb.md"));
    Matcher files = FILE.matcher(page);
    for (int i = 0; i < 2; i++) {
      assertTrue(files.find());
      lake.file(files.group(1), files.group(2));
    }
    export(
        lake,
        "2026-01-01",
        "{\"Item\":{\"id\":{\"S\":\"a\"},\"price\":{\"N\":\"12.50\"},\"tags\":{\"SS\":[\"x\",\"y\"]}}}",
        "{\"Item\":{\"id\":{\"S\":\"b\"},\"price\":{\"NULL\":true}}}");
    export(lake, "2026-01-02", "{\"Item\":{\"id\":{\"S\":\"a\"},\"price\":{\"N\":\"13\"}}}");
    try (Stream<Path> landed = Files.walk(folder.resolve("landing"))) {
      for (Path file : landed.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-03T03:00:00Z")));
      }
    }
    lake.run();
    assertEquals(
        List.of("a|12.50|2|2026-01-01", "a|13.00|-1|2026-01-02", "b|null|-1|2026-01-01"),
        lake.rows("analysis.item", "id", "price", "size(tags)", "day"));
  }

  private static void export(TestLake lake, String day, String... lines) {
    String export = "items/" + day + "/AWSDynamoDB/01767225600000-1a2b3c4d/";
    lake.land(export + "manifest-summary.json", "{\"itemCount\": 2}")
        .land(export + "data/" + day.hashCode() + ".json.gz", lines);
  }
}
