package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.Source;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.LakeLoader;
import io.sluice.lake.TableName;
import io.sluice.source.Rows;
import io.sluice.source.Sources;
import io.sluice.testing.FakeApi;
import io.sluice.testing.FakeApi.Reply;
import io.sluice.testing.TestSpark;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first law for each kind of source: a day that is ingested again, alone or with its
 * neighbours, in any order, has the rows that it has when all days are ingested at once, and so has
 * its quarantine. Each day has a good row and a bad one; the second has a column of its own.
 */
class SameRowsTest {
  private static final List<String> DAYS = List.of("2011-01-01", "2011-01-02", "2011-01-03");

  /** By kind: what is between the braces of its source, with ~ for the project's folder. */
  private static final Map<String, String> SOURCES =
      new TreeMap<>(
          Map.of(
              "csv",
                  "type = files, path = \"landing/{yyyy-MM-dd}.csv\", options { header = true }, columns { n = int }",
              "json", "type = files, path = \"landing/{yyyy-MM-dd}.json\", columns { n = int }",
              "parquet",
                  "type = files, path = \"landing/parquet/{yyyy-MM-dd}\", format = parquet, columns { n = int }",
              "text", "type = files, path = \"landing/{yyyy-MM-dd}.csv\", format = text",
              "weblog", "type = weblog, path = \"landing/{yyyy-MM-dd}.log\", format = common",
              "xml",
                  "type = xml, path = \"landing/{yyyy-MM-dd}.xml\", row = order, columns { n = int }",
              "fixed",
                  "type = fixed, path = \"landing/{yyyy-MM-dd}.txt\", layout { code = 1-4, n = 5-8 }, columns { n = int }",
              "jdbc",
                  "type = jdbc, url = \"jdbc:sqlite:~/shop.db\", table = sale, by = at, columns { n = int }",
              "rest",
                  "type = rest, url = \"API\", query { day = \"{from:yyyy-MM-dd}\" }, reuse = 0s, columns { n = int }"));

  @TempDir Path folder = Path.of("");

  @Test
  void howeverADayIsReadWithItsNeighboursItsRowsAreTheSame() throws SQLException {
    try (FakeApi api = new FakeApi(ask -> Reply.json(orders(ask.parameter("day"))))) {
      TestLake project = lake("read", api);
      Lake lake = new LakeLoader().load(project.folder(), Optional.empty(), Map.of()).lake();
      Clock clock = Clock.fixed(Instant.parse("2011-01-04T04:00:00Z"), ZoneOffset.UTC);
      for (String kind : SOURCES.keySet()) {
        Job job = lake.job(TableName.parse("raw." + kind).orElseThrow());
        Source source = Sources.of(job, lake, clock);
        List<String> atOnce = read(source, 0, 3);
        assertEquals(kind.equals("text") ? 9 : 6, atOnce.size(), atOnce::toString);
        assertEquals(atOnce, both(read(source, 2, 3), read(source, 0, 2)), kind);
        assertEquals(atOnce, both(read(source, 1, 3), read(source, 0, 1)), kind);
      }
    }
  }

  private static List<String> both(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).sorted().toList();
  }

  /** What has a value in each row: not all days have all columns. */
  private static List<String> read(Source source, int from, int to) {
    List<Interval> days =
        DAYS.subList(from, to).stream()
            .map(day -> Cadence.DAY.at(LocalDate.parse(day).atStartOfDay()))
            .toList();
    return Rows.read(source, days).collectAsList().stream()
        .map(
            row ->
                Arrays.stream(row.schema().fieldNames())
                    .sorted()
                    .filter(name -> row.getAs(name) != null)
                    .map(name -> name + "=" + row.getAs(name))
                    .collect(Collectors.joining(" ")))
        .sorted()
        .toList();
  }

  @Test
  void aDayThatIsIngestedAgainWithAnotherHasTheSameRowsInItsTable() throws SQLException {
    try (FakeApi api = new FakeApi(ask -> Reply.json(orders(ask.parameter("day"))))) {
      TestLake lake = lake("table", api);
      lake.run();
      Map<String, List<String>> rows = rows(lake);
      rows.forEach((kind, all) -> assertEquals(kind.equals("text") ? 10 : 4, all.size(), kind));
      String turnedAway = turnedAway(lake);
      assertEquals(8 * 3, turnedAway.split("\\],\\[", -1).length, turnedAway);

      lake.backfill("--from", DAYS.get(1), "--to", DAYS.get(2));

      assertEquals(rows, rows(lake));
      assertEquals(turnedAway, turnedAway(lake));
      assertEquals("", lake.plan());
    }
  }

  private static Map<String, List<String>> rows(TestLake lake) {
    Map<String, List<String>> rows = new TreeMap<>();
    for (String kind : SOURCES.keySet()) {
      String[] columns =
          Arrays.stream(lake.table("raw." + kind).columns())
              .filter(name -> !name.equals("_received_at"))
              .sorted()
              .toArray(String[]::new);
      rows.put(kind, new ArrayList<>(List.of(String.join("|", columns))));
      rows.get(kind).addAll(lake.rows("raw." + kind, columns));
    }
    rows.values().forEach(all -> all.replaceAll(row -> row.replaceAll("part-[^|]*", "part")));
    return rows;
  }

  private static String turnedAway(TestLake lake) {
    String all =
        SOURCES.keySet().stream()
            .map(
                kind ->
                    "SELECT '%s' AS kind, left(interval_from, 10) AS day, reason, row FROM quarantine.raw.%s"
                        .formatted(kind, kind))
            .collect(Collectors.joining(" UNION ALL "));
    return lake.made("sql", "--json", all + " ORDER BY 1, 2, 3, 4").out();
  }

  private TestLake lake(String name, FakeApi api) throws SQLException {
    Path project = folder.resolve(name);
    TestLake lake = TestLake.at(project, "2011-01-04T04:00:00Z");
    SOURCES.forEach(
        (kind, source) ->
            lake.file(
                "jobs/raw/" + kind + ".conf",
                "source { %s }\npartition-by = day\nstart = 2011-01-01\nlimit = 100 %%\n"
                    .formatted(
                        source
                            .replace("~", project.toString())
                            .replace("API", api.url("/orders")))));
    for (String day : DAYS) {
      land(lake, day, day.equals(DAYS.get(1)));
    }
    fill("jdbc:sqlite:" + project + "/shop.db");
    return lake;
  }

  /**
   * @param isRicher whether the day has what the others have not
   */
  private static void land(TestLake lake, String day, boolean isRicher) {
    lake.land(
        day + ".csv",
        isRicher ? "n,code,more" : "code,n",
        isRicher ? "1,a,x" : "a,1",
        isRicher ? "many,b,y" : "b,many");
    lake.land(
        day + ".json",
        "{\"code\":\"a\",\"n\":1%s}".formatted(isRicher ? ",\"more\":{\"x\":1}" : ""),
        "{\"code\":\"b\",\"n\":");
    String request = "10.0.0.1 - - [%s/Jan/2011:10:00:00 +0000] \"GET /a HTTP/1.1\" 200 5";
    lake.land(day + ".log", request.formatted(day.substring(8)), "nothing of that kind");
    lake.land(
        day + ".xml",
        "<all><order n=\"1\"%s><code>a</code></order>".formatted(isRicher ? " more=\"x\"" : ""),
        "<order><n>many</n></order></all>");
    lake.land(day + ".txt", "a   1   ", "b   many");
    TestSpark.session()
        .sql(
            "SELECT * FROM VALUES ('a', '1'), ('b', 'many') AS t (code, n)"
                + (isRicher ? " CROSS JOIN VALUES (1.5) AS u (more)" : ""))
        .coalesce(1)
        .write()
        .parquet(lake.folder() + "/landing/parquet/" + day);
  }

  private static String orders(String day) {
    return "[{\"code\":\"a\",\"n\":1%s},{\"code\":\"b\",\"n\":\"many\"}]"
        .formatted(day.equals(DAYS.get(1)) ? ",\"more\":[1]" : "");
  }

  private static void fill(String url) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE sale (code text, n int, at timestamp)");
      for (String day : DAYS) {
        statement.execute(
            "INSERT INTO sale VALUES ('a', 1, '%s 08:00:00'), ('b', 2, '%s around noon')"
                .formatted(day, day));
      }
    }
  }
}
