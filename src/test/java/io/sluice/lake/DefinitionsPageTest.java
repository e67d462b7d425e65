package io.sluice.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.config.DefinitionException;
import io.sluice.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages that tell of the language don't fall behind it: their examples are right, and all. */
class DefinitionsPageTest {
  private static final Path PAGE = Path.of("docs/definitions.md");
  private static final Path SOURCES = Path.of("docs/sources");
  private static final Pattern SECTION = Pattern.compile("(?m)^#{1,3} (.*)$");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`]+`");
  private static final Pattern FILE =
      Pattern.compile("(?s)`((?:jobs|conf)/[a-z_/]+\\.(?:sql|conf))`:\\n\\n```\\w+\\n(.*?)```");
  private static final Pattern KNOWN =
      Pattern.compile("(?:unknown key; known here:|it checks nothing; write one of) (.*)");

  @TempDir Path folder;

  /** A setting of a table of the page, and the title that the table stands below. */
  record Example(String section, String setting) {}

  static Stream<Example> examples() throws IOException {
    String page = pages();
    return ROW.matcher(page)
        .results()
        .map(row -> new Example(section(page.substring(0, row.start())), row.group(1)));
  }

  /** One after the other. */
  private static String pages() throws IOException {
    StringBuilder pages = new StringBuilder(Files.readString(PAGE));
    try (Stream<Path> sources = Files.list(SOURCES)) {
      for (Path source : sources.sorted().toList()) {
        pages.append('\n').append(Files.readString(source));
      }
    }
    return pages.toString();
  }

  private static String section(String before) {
    String last = "";
    Matcher titles = SECTION.matcher(before);
    while (titles.find()) {
      last = titles.group(1);
    }
    return last;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsRight(Example example) {
    project(example).load();
  }

  private TestProject project(Example example) {
    TestProject project = project();
    String setting = example.setting();
    return switch (example.section()) {
      case "`conf/lake.conf`" -> project.file("conf/lake.conf", setting);
      case "Every job" -> job(project, setting);
      case "Inputs" -> job(project, "inputs { raw.fx_rate { %s } }".formatted(setting));
      case "Web logs" ->
          source(project, with(setting, "type = weblog", "path = \"landing/{yyyy-MM-dd}.log*\""));
      case "XML" ->
          source(project, with(setting, "type = xml", "path = \"landing/{yyyy-MM-dd}.xml\""));
      case "Fixed places" ->
          source(project, with(setting, "type = fixed", "path = \"landing/{yyyy-MM-dd}.txt\""));
      case "Sources", "Landing folders", "Files" ->
          source(
              project,
              with(setting, "type = files", "path = \"landing/{yyyy-MM-dd}.csv\"", "format = csv"));
      case "Columns that change" ->
          project.file(
              "jobs/raw/feed.conf",
              "source { type = files, path = \"{yyyy-MM-dd}.csv\", format = csv }\nstart = 2011-01-01\npartition-by = day\n"
                  + setting);
      case "Databases" ->
          source(
              project,
              with(
                  setting,
                  "type = jdbc",
                  "url = \"jdbc:postgresql://shop/orders\"",
                  setting.startsWith("query") ? "" : "table = orders",
                  "by = updated_at"));
      case "MongoDB" ->
          source(
              project,
              with(
                  setting,
                  "type = mongodb",
                  "uri = \"mongodb://shop\"",
                  "database = shop",
                  "collection = orders",
                  "by = updated_at"));
      case "Cassandra" ->
          source(
              project,
              with(
                  setting,
                  "type = cassandra",
                  "hosts = shop",
                  "keyspace = shop",
                  "table = orders",
                  "by = updated_at"));
      case "JSON APIs" ->
          source(
              project,
              with(
                  setting,
                  "type = rest",
                  setting.startsWith("url") ? "" : "url = \"https://shop/orders\""));
      case "Other ways to make a table" ->
          project.file(
              "jobs/analysis/made.conf",
              setting.startsWith("java")
                  ? setting + "\npartition-by = invoice_date\ninputs { raw.sales {} }"
                  : setting);
      case "Writes" ->
          project.file(
              "jobs/analysis/written.sql",
              "/* sluice\n%s\n%s\n*/\nSELECT * FROM raw.sales".formatted(setting, time(setting)));
      default -> throw new AssertionError("nothing tries the examples of " + example.section());
    };
  }

  private TestProject project() {
    return new TestProject(folder)
        .variable("LEDGER_PASSWORD", "secret")
        .variable("SHOP_URL", "jdbc:postgresql://shop/orders")
        .variable("SHOP_USER", "reader")
        .variable("SHOP_PASSWORD", "secret");
  }

  private static TestProject job(TestProject project, String setting) {
    return project.file(
        "jobs/analysis/fact.sql",
        """
        /* sluice
        %s
        */
        SELECT s.*, f.rate, %s FROM raw.sales s JOIN raw.fx_rate f ON f.currency = s.currency
        """
            .formatted(
                with(setting, "partition-by = invoice_date"),
                setting.startsWith("params") ? "s.total > :vip AS is_vip" : "1 AS one"));
  }

  private static TestProject source(TestProject project, String settings) {
    return project.file(
        "jobs/raw/feed.conf",
        "source {\n%s\n}\npartition-by = feed_day\nstart = 2011-01-01".formatted(settings));
  }

  private static String time(String write) {
    return write.contains("key")
        ? "interval-by = invoice_date"
        : write.contains("replace") ? "partition-by = invoice_date" : "";
  }

  /** The setting, and the others but for the one that it says itself. */
  private static String with(String setting, String... others) {
    StringBuilder all = new StringBuilder(setting);
    for (String other : others) {
      if (!other.isEmpty() && !setting.startsWith(other.split(" ")[0] + " ")) {
        all.append('\n').append(other);
      }
    }
    return all.toString();
  }

  @Test
  void theFilesOfThePageAreAProject() throws IOException {
    TestProject project = project();
    project.file(
        "jobs/analysis/dim_customer.sql",
        "/* sluice\n  write { mode = overwrite }\n*/\nSELECT customer_id FROM raw.sales");
    List<String> written =
        FILE.matcher(pages())
            .results()
            .peek(file -> project.file(file.group(1), file.group(2)))
            .map(file -> file.group(1))
            .toList();
    assertEquals(
        List.of(
            "conf/prod.conf",
            "jobs/raw/tills.conf",
            "jobs/raw/orders.conf",
            "jobs/analysis/orders.sql",
            "jobs/raw/visit.conf",
            "jobs/raw/item_export.conf",
            "jobs/analysis/item.sql",
            "jobs/raw/till.conf",
            "jobs/raw/booking.conf",
            "jobs/raw/order_line.conf",
            "jobs/raw/order_key.conf",
            "jobs/analysis/order_there.sql",
            "jobs/raw/basket.conf",
            "jobs/raw/ticket.conf",
            "jobs/raw/request.conf",
            "jobs/raw/rate.conf"),
        written);
    assertEquals(19, project.environment("prod").load().jobs().size());
  }

  @Test
  void theRulesOfThePageAreRight() throws IOException {
    String page = pages();
    int from = page.indexOf("```hocon\n", page.indexOf("## Rules")) + "```hocon\n".length();
    String rules = page.substring(from, page.indexOf("```", from));
    assertTrue(rules.contains("expect"), rules);
    job(project(), rules).load();
  }

  @Test
  void thePageTellsOfEachKeyThatTheLanguageKnows() throws IOException {
    String code =
        CODE.matcher(pages()).results().map(MatchResult::group).collect(Collectors.joining("\n"));
    Set<String> keys = keys();
    assertTrue(
        keys.containsAll(Set.of("sequence-by", "fetch-size", "max-delay", "not-null", "whole")),
        keys.toString());
    assertEquals(List.of(), keys.stream().filter(key -> !isIn(code, key)).toList());
  }

  private static boolean isIn(String code, String key) {
    return Pattern.compile("(?<![\\w-])%s(?![\\w-])".formatted(Pattern.quote(key)))
        .matcher(code)
        .find();
  }

  private static String rest(String more) {
    return "source { type = rest, url = \"https://shop/orders\", %s, qqqqqqqqqqqq = 1 }\nstart = 2011-01-01\npartition-by = day"
        .formatted(more);
  }

  /** All that a definition may say, of the language itself: it names the keys it knows. */
  private Set<String> keys() {
    TestProject project =
        project()
            .file(
                "conf/lake.conf",
                "name = x\nledger { url = \"jdbc:sqlite:l.db\", qqqqqqqqqqqq = 1 }\ndefaults { retry { qqqqqqqqqqqq = 1 }, qqqqqqqqqqqq = 1 }\nqqqqqqqqqqqq = 1")
            .file(
                "jobs/raw/external.conf",
                "external { path = \"/t\", qqqqqqqqqqqq = 1 }\nqqqqqqqqqqqq = 1")
            .file(
                "jobs/raw/feed.conf",
                """
                source { type = files, path = "f/{yyyy-MM-dd}.csv", columns { a { type = int, qqqqqqqqqqqq = 1 } }, qqqqqqqqqqqq = 1 }
                partition-by = day
                start = 2011-01-01
                qqqqqqqqqqqq = 1
                """)
            .file(
                "jobs/raw/shop.conf",
                """
                source { type = jdbc, url = "jdbc:postgresql://shop/orders", table = orders, by = day, qqqqqqqqqqqq = 1 }
                partition-by = day
                start = 2011-01-01
                qqqqqqqqqqqq = 1
                """)
            .file(
                "jobs/raw/mongo.conf",
                """
                source { type = mongodb, uri = "mongodb://shop", database = shop, collection = orders, qqqqqqqqqqqq = 1 }
                partition-by = day
                start = 2011-01-01
                """)
            .file(
                "jobs/raw/cassandra.conf",
                """
                source { type = cassandra, hosts = shop, keyspace = shop, table = orders, qqqqqqqqqqqq = 1 }
                partition-by = day
                start = 2011-01-01
                """)
            .file("jobs/raw/api.conf", rest("auth { type = bearer, token = x, qqqqqqqqqqqq = 1 }"))
            .file(
                "jobs/raw/api1.conf",
                rest("auth { type = basic, user = x, password = x, qqqqqqqqqqqq = 1 }"))
            .file(
                "jobs/raw/api2.conf",
                rest("auth { type = api-key, key = x, header = x, qqqqqqqqqqqq = 1 }"))
            .file(
                "jobs/raw/api3.conf",
                rest(
                    "auth { type = client-credentials, token-url = \"https://shop/t\", id = x, secret = x, qqqqqqqqqqqq = 1 }"))
            .file("jobs/raw/api4.conf", rest("paging { type = page, qqqqqqqqqqqq = 1 }"))
            .file(
                "jobs/raw/api5.conf",
                rest("paging { type = cursor, parameter = x, path = x, qqqqqqqqqqqq = 1 }"))
            .file(
                "jobs/analysis/made.conf",
                "java = com.acme.Made\npartition-by = day\ninputs { raw.sales {} }\nqqqqqqqqqqqq = 1")
            .file(
                "jobs/analysis/fact.sql",
                """
                /* sluice
                  interval-by = invoice_date
                  inputs { raw.sales { whole = true, qqqqqqqqqqqq = 1 } }
                  expect { known = { sql = "a IS NOT NULL", qqqqqqqqqqqq = 1 } }
                  require { none { } }
                  write { mode = merge, key = [id], qqqqqqqqqqqq = 1 }
                  retry { qqqqqqqqqqqq = 1 }
                  qqqqqqqqqqqq = 1
                */
                SELECT * FROM raw.sales
                """);
    DefinitionException unknown = assertThrows(DefinitionException.class, project::load);
    Set<String> keys = new TreeSet<>();
    for (Problem problem : unknown.problems()) {
      Matcher known = KNOWN.matcher(problem.message());
      assertTrue(known.matches(), problem.toString());
      keys.addAll(List.of(known.group(1).split(", ")));
    }
    assertFalse(keys.isEmpty());
    return keys;
  }
}
