package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.TaskContext;
import io.sluice.api.Transform;
import io.sluice.cli.Shell;
import io.sluice.ledger.AttemptRow;
import io.sluice.testing.FakeApi;
import io.sluice.testing.TestSpark;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is done about each kind of failure, each brought about by its real cause: the table of
 * {@code docs/failures.md}, which {@code -Dsluice.write=true} writes anew.
 */
class FailuresPageTest {
  private static final Path PAGE = Path.of("docs/failures.md");
  private static final String TRIES = "retry { attempts = 3, delay = 10ms, max-delay = 10ms }\n";
  private static final Map<String, String> FOUND = new TreeMap<>();

  @TempDir Path folder = Path.of("");

  @Test
  void aColumnThatIsNotThere() {
    TestLake lake = lake("SELECT code, amuont, day FROM raw.sale");
    found("SQL that names a column that is not there", "analysis.line", lake, lake.type("run"));
  }

  @Test
  void aValueThatCantBeCast() {
    TestLake lake =
        lake("SELECT code, CAST(IF(code = 'c', code, '1') AS INT) AS number, day FROM raw.sale")
            .land("2011-01-03.csv", "code,amount", "b,5");
    found("a value that can't be cast, on one day", "analysis.line", lake, lake.type("run"));
  }

  @Test
  void aRuleThatADayBreaks() {
    TestLake lake =
        lake("SELECT code, amount, day FROM raw.sale")
            .land("2011-01-02.csv", "code,amount", "a,3", "a,4");
    found("a `require` rule that one day breaks", "analysis.line", lake, lake.type("run"));
  }

  @Test
  void anotherWriterOfTheSameDays() {
    TestLake lake = lake("SELECT code, amount, day FROM raw.sale");
    lake.run();
    Hooked.before =
        Hooked.once(
            task ->
                task.spark()
                    .sql(
                        "INSERT INTO delta.`%s` SELECT 'x', 1, DATE '2011-01-02'"
                            .formatted(lake.path("analysis.line"))));
    lake.remove("jobs/analysis/line.sql").file("jobs/analysis/line.conf", Hooked.JOB);
    found(
        "a commit of somebody else's to the same days meanwhile",
        "analysis.line",
        lake,
        lake.type(
            "backfill", "--select", "analysis.line", "--from", "2011-01-01", "--to", "2011-01-03"));
  }

  @Test
  void aTaskThatTakesTooLong() {
    TestLake lake = lake("SELECT code, amount, day FROM raw.sale");
    Hooked.before =
        task -> {
          if (task.intervals().size() > 1) {
            await();
          }
        };
    lake.remove("jobs/analysis/line.sql")
        .file("jobs/analysis/line.conf", Hooked.JOB + "timeout = 1s\n");
    found("a task over its `timeout`", "analysis.line", lake, lake.type("run"));
  }

  @Test
  void aMonthThatDoesNotFitIntoMemory() throws Exception {
    TestLake lake =
        TestLake.at(folder, "2011-02-04T04:00:00Z")
            .file(
                "jobs/raw/big.conf",
                """
                java = "io.sluice.laws.FailuresPageTest$Big"
                partition-by = day
                start = 2011-01-01
                end = 2011-01-31
                batch = 31
                """);
    String line;
    try (ChildRun child = ChildRun.start(lake.folder(), "UTC", "512m")) {
      line = child.ended();
    }
    assertEquals(31, lake.rows("raw.big").size());
    found("not enough memory for a month", "raw.big", lake, new Shell.Said(0, line, ""));
    lake.backfill("--select", "raw.big", "--from", "2011-01-01", "--to", "2011-01-12");
    assertEquals(
        List.of(8, 4),
        lake.attempts().stream()
            .limit(2)
            .map(attempt -> attempt.intervals().split(Cadence.DAY).size())
            .sorted(Comparator.reverseOrder())
            .toList());
  }

  @Test
  void aDatabaseThatDoesNotAnswer() {
    TestLake lake =
        source(
            """
            source { type = jdbc, url = "jdbc:postgresql://localhost:1/shop", table = person, by = at }
            """);
    found("a database that refuses connections", "raw.sale", lake, lake.type("run"));
  }

  @Test
  void anApiThatIsDown() {
    try (FakeApi api =
        new FakeApi(ask -> FakeApi.Reply.of(503, "text/plain", "down").with("Retry-After", "0"))) {
      TestLake lake = source(rest(api, ""));
      found("an API that answers 503", "raw.sale", lake, lake.type("run"));
    }
  }

  @Test
  void anApiWithoutThatPage() {
    try (FakeApi api = new FakeApi(ask -> FakeApi.Reply.of(404, "text/plain", "no such thing"))) {
      TestLake lake = source(rest(api, ""));
      found("an API that answers 404", "raw.sale", lake, lake.type("run"));
    }
  }

  @Test
  void aParquetFileThatIsBroken() throws IOException {
    TestLake lake =
        source("source { type = files, path = \"landing/{yyyy-MM-dd}\", format = parquet }\n");
    for (int day = 1; day <= 3; day++) {
      TestSpark.session()
          .sql("SELECT %d AS id".formatted(day))
          .coalesce(1)
          .write()
          .parquet(folder.resolve("landing/2011-01-0" + day).toString());
    }
    breakOff(folder.resolve("landing/2011-01-02"));
    found("a Parquet file that breaks off, on one day", "raw.sale", lake, lake.type("run"));
  }

  @Test
  void aTablesFileThatIsBroken() throws IOException {
    TestLake lake = made();
    breakOff(Path.of(lake.path("raw.sale"), "day=2011-01-02"));
    found("a broken file of a table that is read", "analysis.line", lake, lake.type("run"));
  }

  @Test
  void aTablesFileThatIsGone() throws IOException {
    TestLake lake = made();
    for (Path file : parquet(Path.of(lake.path("raw.sale"), "day=2011-01-02"))) {
      Files.delete(file);
    }
    found("a missing file of a table that is read", "analysis.line", lake, lake.type("run"));
  }

  @Test
  void aTablesLogWithAHole() throws IOException {
    TestLake lake = made();
    lake.backfill("--select", "raw.sale", "--no-downstream", "--date", "2011-01-01");
    lake.backfill("--select", "raw.sale", "--no-downstream", "--date", "2011-01-01");
    Files.delete(Path.of(lake.path("raw.sale"), "_delta_log/00000000000000000001.json"));
    found(
        "a missing file in the log of a table that is read",
        "analysis.line",
        lake,
        lake.type("run"));
  }

  /** Raw is made, and what reads it is not. */
  private TestLake made() {
    TestLake lake = lake("SELECT code, amount, day FROM raw.sale");
    lake.run("--select", "raw.sale");
    return lake;
  }

  private TestLake lake(String sql) {
    return SaleLake.at(folder)
        .remove("jobs/aggregate/daily.sql")
        .file(
            "jobs/analysis/line.sql",
            """
            /* sluice
              partition-by = day
              spark { "spark.sql.ansi.enabled" = true }
              %s  require { once = { unique = [code] } }
            */
            %s
            """
                .formatted(TRIES, sql));
  }

  private TestLake source(String source) {
    return TestLake.at(folder, "2011-01-04T04:00:00Z")
        .file(
            "jobs/raw/sale.conf",
            source + "partition-by = day\nstart = 2011-01-01\nbatch = 3\n" + TRIES);
  }

  private static String rest(FakeApi api, String limits) {
    return "source { type = rest, url = \"%s\", query { from = \"{from}\" }\n  %s }\n"
        .formatted(api.url("/orders"), limits);
  }

  private static void await() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void breakOff(Path under) throws IOException {
    for (Path file : parquet(under)) {
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    }
  }

  private static List<Path> parquet(Path under) throws IOException {
    try (Stream<Path> files = Files.list(under)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  // ---- the table

  private void found(String what, String job, TestLake lake, Shell.Said said) {
    List<AttemptRow> attempts = new ArrayList<>(lake.attempts());
    String newest = attempts.get(0).run();
    List<AttemptRow> own =
        attempts.stream()
            .filter(one -> one.job().equals(job) && one.run().equals(newest))
            .sorted(Comparator.comparing(AttemptRow::startedAt).thenComparing(AttemptRow::id))
            .toList();
    String kind =
        own.stream()
            .filter(one -> !one.state().equals("made"))
            .map(AttemptRow::failureClass)
            .distinct()
            .collect(Collectors.joining(", "));
    String tries =
        own.stream()
            .map(one -> "%d %s".formatted(one.intervals().split(Cadence.DAY).size(), one.state()))
            .collect(Collectors.joining(", "));
    String line =
        said.lastLine()
            .replace(folder.toUri().toString(), "…/")
            .replace(folder.toString(), "…")
            .replaceAll("localhost:\\d{2,}", "localhost:…")
            .replaceAll("part-[-0-9a-zA-Z.]+", "part-….parquet")
            .replaceAll("found \\[[-0-9, ]+\\]", "found […]")
            .replace("|", "\\|");
    FOUND.put(what, "| %s | %s | %s | %d | %s |".formatted(what, kind, tries, said.exit(), line));
  }

  @AfterAll
  static void thePageSaysTheSame() throws IOException {
    List<String> page = Files.readAllLines(PAGE);
    if (Boolean.getBoolean("sluice.write")) {
      write(page);
      return;
    }
    FOUND.values().forEach(row -> assertTrue(page.contains(row), row));
  }

  /** Rows that others write stay. */
  private static void write(List<String> page) throws IOException {
    int first = page.indexOf("|---|---|---|---|---|") + 1;
    int end = first;
    Map<String, String> rows = new TreeMap<>();
    for (; end < page.size() && page.get(end).startsWith("|"); end++) {
      String row = page.get(end);
      rows.put(row.substring(2, row.indexOf(" | ")), row);
    }
    rows.putAll(FOUND);
    List<String> written = new ArrayList<>(page.subList(0, first));
    written.addAll(rows.values());
    written.addAll(page.subList(end, page.size()));
    Files.write(PAGE, written);
  }

  /** Holds 30 MB for each of its days. */
  public static final class Big implements Transform {
    @Override
    public Dataset<Row> apply(TaskContext task) {
      List<byte[]> held = new ArrayList<>();
      List<Row> rows = new ArrayList<>();
      for (Interval day : task.intervals()) {
        held.add(new byte[30 << 20]);
        rows.add(RowFactory.create(held.size(), java.sql.Date.valueOf(day.from().toLocalDate())));
      }
      return task.spark()
          .createDataFrame(
              rows,
              new StructType().add("held", DataTypes.IntegerType).add("day", DataTypes.DateType));
    }
  }

  /** Does something before it hands on its input. */
  public static final class Hooked implements Transform {
    static final String JOB =
        """
        java = "io.sluice.laws.FailuresPageTest$Hooked"
        inputs { raw.sale {} }
        partition-by = day
        batch = 3
        %s"""
            .formatted(TRIES);
    static Consumer<TaskContext> before = task -> {};

    static Consumer<TaskContext> once(Consumer<TaskContext> what) {
      CountDownLatch left = new CountDownLatch(1);
      return task -> {
        if (left.getCount() > 0) {
          left.countDown();
          what.accept(task);
        }
      };
    }

    @Override
    public Dataset<Row> apply(TaskContext task) {
      before.accept(task);
      return task.input("raw.sale").selectExpr("code", "amount", "day");
    }
  }
}
