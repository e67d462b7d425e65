package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.deltalog.Receipt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample's web log, against a program that knows neither Spark nor Sluice. */
class WebTrafficTest {
  private static final Path ACCESS = Path.of("src/sample/landing/access");
  private static final Pattern LINE =
      Pattern.compile(
          "(\\S+) \\S+ \\S+ \\[([^]]+)] \"(\\S+) ([^? ]*)(?:\\?(\\S*))? [^\"]+\" (\\d+) (\\d+|-)"
              + " \"(?:[^\"\\\\]|\\\\.)*\" \"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

  @TempDir static Path temp = Path.of("");

  private static TestLake lake = TestLake.of(Path.of("."), "2015-06-01T00:00:00Z");

  @BeforeAll
  static void makeTheTables() throws IOException {
    lake = TestLake.at(temp, "2015-06-01T00:00:00Z");
    for (String job :
        List.of("raw/access_log.conf", "analysis/page_view.sql", "aggregate/daily_traffic.sql")) {
      lake.file("jobs/" + job, Files.readString(Path.of("jobs", job)));
    }
    Files.createDirectories(temp.resolve("landing/access"));
    for (int day = 17; day <= 20; day++) {
      String name = "2015-05-%d.log.gz".formatted(day);
      Files.copy(ACCESS.resolve(name), temp.resolve("landing/access").resolve(name));
    }
    lake.run();
  }

  @Test
  void ofTenThousandLinesOneIsTurnedAwayAndTold() {
    List<Receipt.Made> made =
        lake.receipts("raw.access_log").stream().flatMap(one -> one.made().stream()).toList();
    assertEquals(9_999, made.stream().mapToLong(Receipt.Made::written).sum());
    assertEquals(1, made.stream().mapToLong(Receipt.Made::quarantined).sum());
    assertEquals(
        9_999, lake.table("raw.access_log").where("date(time) = log_date AND status > 0").count());
  }

  @Test
  void whatWasTurnedAwayIsATableOfSql() {
    String said =
        lake.made(
                "sql",
                "--json",
                "SELECT interval_from, rule, reason, substring_index(source, '/', -1) AS file, left(row, 14) AS row"
                    + " FROM quarantine.raw.access_log")
            .out();
    assertTrue(
        said.contains(
            "[\"2015-05-20T00:00\",\"readable\",\"line 1478: the line does not fit the format from"),
        said);
    assertTrue(said.contains("\"2015-05-20.log.gz\",\"46.118.127.106\"]"), said);
    assertEquals(
        "{\"columns\":[\"n\"],\"rows\":[[0]]}",
        lake.made("sql", "--json", "SELECT count(*) AS n FROM quarantine.aggregate.daily_traffic")
            .out()
            .strip());
  }

  @Test
  void dailyTrafficIsThatOfAnIndependentProgram() throws IOException {
    assertEquals(
        expected(),
        lake
            .table("aggregate.daily_traffic")
            .selectExpr(
                "concat_ws(' ', log_date, is_robot, pages, visitors, visits, bytes) AS line")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList());
  }

  private static List<String> expected() throws IOException {
    Pattern robot =
        Pattern.compile(
            "bot|crawl|spider|slurp|feed|fetch|monitor|curl|wget|python|java/",
            Pattern.CASE_INSENSITIVE);
    Pattern part =
        Pattern.compile(
            "\\.(css|js|png|jpe?g|gif|ico|svg|woff2?|ttf|map)$", Pattern.CASE_INSENSITIVE);
    Map<String, Map<String, List<Long>>> times = new TreeMap<>();
    Map<String, Long> bytes = new HashMap<>();
    for (int day = 17; day <= 20; day++) {
      for (String line : lines("2015-05-%d.log.gz".formatted(day))) {
        Matcher match = LINE.matcher(line);
        if (!match.matches()
            || !match.group(3).equals("GET")
            || Integer.parseInt(match.group(6)) >= 400
            || part.matcher(match.group(4)).find()) {
          continue;
        }
        String agent = match.group(8);
        boolean isRobot = agent.equals("-") || robot.matcher(agent).find();
        OffsetDateTime time = OffsetDateTime.parse(match.group(2), TIME);
        String group = time.toLocalDate() + " " + isRobot;
        times
            .computeIfAbsent(group, key -> new HashMap<>())
            .computeIfAbsent(match.group(1) + " " + agent, key -> new ArrayList<>())
            .add(time.toEpochSecond());
        bytes.merge(
            group, match.group(7).equals("-") ? 0 : Long.parseLong(match.group(7)), Long::sum);
      }
    }
    List<String> rows = new ArrayList<>();
    times.forEach(
        (group, visitors) ->
            rows.add(
                "%s %d %d %d %d"
                    .formatted(
                        group,
                        visitors.values().stream().mapToInt(List::size).sum(),
                        visitors.size(),
                        visitors.values().stream().mapToInt(WebTrafficTest::visits).sum(),
                        bytes.get(group))));
    assertTrue(rows.size() == 8, rows.toString());
    return rows;
  }

  /** Half an hour without a page ends one. */
  private static int visits(List<Long> times) {
    List<Long> sorted = times.stream().sorted().toList();
    int visits = 1;
    for (int i = 1; i < sorted.size(); i++) {
      visits += sorted.get(i) - sorted.get(i - 1) > 30 * 60 ? 1 : 0;
    }
    return visits;
  }

  private static List<String> lines(String name) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(ACCESS.resolve(name))),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
