package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.api.TaskContext;
import io.sluice.api.Transform;
import io.sluice.cli.Shell;
import io.sluice.testing.FakeApi;
import io.sluice.testing.S3Server;
import io.sluice.testing.TestSpark;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.fs.s3a.impl.AWSClientConfig;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;
import sun.misc.Signal;

/** What is done about each kind of failure, each brought about by its real cause. */
class FailuresPageTest {
  private static final String TRIES = "retry { attempts = 3, delay = 10ms, max-delay = 10ms }\n";

  /** For a process of its own, which goes by the clock on the wall. */
  private static final String END = "end = 2011-01-03\n";

  @TempDir Path folder = Path.of("");

  @Test
  void thePageHasARowForEachFailureThatATestBringsAbout() throws IOException {
    assertEquals(List.of(FailuresPage.Failing.values()), List.copyOf(FailuresPage.rows().keySet()));
  }

  @Test
  void aColumnThatIsNotThere() throws IOException {
    TestLake lake = lake("SELECT code, amuont, day FROM raw.sale");
    found(FailuresPage.Failing.NO_SUCH_COLUMN, "analysis.line", lake, lake.type("run"));
  }

  @Test
  void aValueThatCantBeCast() throws IOException {
    TestLake lake =
        lake("SELECT code, CAST(IF(code = 'c', code, '1') AS INT) AS number, day FROM raw.sale")
            .land("2011-01-03.csv", "code,amount", "b,5");
    found(FailuresPage.Failing.BAD_CAST, "analysis.line", lake, lake.type("run"));
  }

  @Test
  void aRuleThatADayBreaks() throws IOException {
    TestLake lake =
        lake("SELECT code, amount, day FROM raw.sale")
            .land("2011-01-02.csv", "code,amount", "a,3", "a,4");
    found(FailuresPage.Failing.BROKEN_RULE, "analysis.line", lake, lake.type("run"));
  }

  @Test
  void anotherWriterOfTheSameDays() throws IOException {
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
        FailuresPage.Failing.RIVAL_COMMIT,
        "analysis.line",
        lake,
        lake.type(
            "backfill", "--select", "analysis.line", "--from", "2011-01-01", "--to", "2011-01-03"));
  }

  @Test
  void aTaskThatTakesTooLong() throws IOException {
    TestLake lake = lake("SELECT code, amount, day FROM raw.sale");
    Hooked.before =
        task -> {
          if (task.intervals().size() > 1) {
            await();
          }
        };
    lake.remove("jobs/analysis/line.sql")
        .file("jobs/analysis/line.conf", Hooked.JOB + "timeout = 1s\n");
    found(FailuresPage.Failing.TOO_LONG, "analysis.line", lake, lake.type("run"));
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
    found(FailuresPage.Failing.TOO_LITTLE_MEMORY, "raw.big", lake, new Shell.Said(0, line, ""));
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
  void aSignalToEnd() throws IOException {
    TestLake lake = hooked();
    Hooked.before =
        task -> {
          Signal.raise(new Signal("TERM"));
          await();
        };
    found(FailuresPage.Failing.TERMINATED, "analysis.line", lake, lake.type("run"));
  }

  @Test
  void anS3ThatHasNoTime() throws IOException {
    String error =
        "<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>";
    try (FakeApi api = new FakeApi(ask -> FakeApi.Reply.of(503, "application/xml", error))) {
      readsFrom(api.url(""), FailuresPage.Failing.S3_BUSY, "");
    }
  }

  @Test
  void anS3ThatDoesNotAnswer() throws IOException {
    AWSClientConfig.setMinimumOperationDuration(Duration.ofSeconds(1));
    try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      readsFrom("http://127.0.0.1:" + deaf.getLocalPort(), FailuresPage.Failing.S3_SILENT, "");
    } finally {
      AWSClientConfig.resetMinimumOperationDuration();
    }
  }

  @Test
  void anS3ThatLetsNobodyIn(@TempDir Path objects) throws IOException {
    try (S3Server server = new S3Server(objects, "private")) {
      readsFrom(server.endpoint(), FailuresPage.Failing.S3_DENIED, "another-secret");
    }
  }

  /** In a process of its own: Spark then takes its only executor for lost. */
  @Test
  void shuffleFilesThatAreLost() throws Exception {
    TestLake lake = made();
    lake.remove("jobs/analysis/line.sql")
        .file("jobs/raw/sale.conf", SaleLake.RAW + END)
        .file("jobs/analysis/line.conf", Hooked.JOB.replace("Hooked", "Forgetful") + END);
    try (ChildRun child = ChildRun.start(lake.folder())) {
      found(FailuresPage.Failing.FETCH_FAILED, "analysis.line", lake, said(child));
    }
  }

  private static Shell.Said said(ChildRun child) throws IOException, InterruptedException {
    List<String> screen = child.screen();
    return new Shell.Said(child.exit(), String.join("\n", screen) + "\n", "");
  }

  /** In a process of its own, because nothing can be made there any more. */
  @Test
  void aSparkContextThatEnds() throws Exception {
    TestLake lake = made();
    lake.remove("jobs/analysis/line.sql")
        .file("jobs/raw/sale.conf", SaleLake.RAW + END)
        .file("jobs/analysis/line.conf", Hooked.JOB.replace("Hooked", "Stopping") + END);
    try (ChildRun child = ChildRun.start(lake.folder())) {
      found(FailuresPage.Failing.CONTEXT_ENDED, "analysis.line", lake, said(child));
    }
  }

  @Test
  void executorsThatAreLost(@TempDir Path home) throws Exception {
    Files.createDirectories(home.resolve("jars"));
    Files.createFile(home.resolve("RELEASE"));
    TestLake lake = made();
    lake.remove("jobs/analysis/line.sql")
        .file("jobs/raw/sale.conf", SaleLake.RAW + END)
        .file("jobs/analysis/line.conf", Hooked.JOB.replace("Hooked", "Dying") + END)
        .file(
            "conf/lake.conf",
            """
            name = test
            spark {
              "spark.master" = "local-cluster[1,1,512]", "spark.executor.memory" = 512m
              "spark.task.maxFailures" = 1, "spark.executor.extraClassPath" = "%s"
            }
            """
                .formatted(ChildRun.classes()));
    try (ChildRun child =
        ChildRun.startOn(
            lake.folder(), Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.12"))) {
      found(FailuresPage.Failing.EXECUTOR_LOST, "analysis.line", lake, said(child));
    }
  }

  @Test
  void aDiskThatIsFull() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()) == 0,
        "Only who may mount a small disk can fill it");
    try {
      TestLake lake =
          lake("SELECT code, amount, day FROM raw.sale")
              .file("conf/lake.conf", "name = test\nroot = \"%s\"\n".formatted(disk));
      lake.run("--select", "raw.sale");
      lake.remove("jobs/analysis/line.sql").file("jobs/analysis/line.conf", Hooked.JOB);
      Path rest = disk.resolve("somebody-elses");
      Hooked.before = Hooked.once(task -> fill(rest));
      found(FailuresPage.Failing.DISK_FULL, "analysis.line", lake, lake.type("run"));
      assertEquals(6, rows(disk.resolve("raw/sale")));
      Files.delete(rest);
      assertEquals(0, lake.type("run").exit());
      assertEquals(6, rows(disk.resolve("analysis/line")));
    } finally {
      assertEquals(0, run("umount", "-l", disk.toString()));
    }
  }

  @Test
  void aDiskThatCanOnlyBeRead() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()) == 0,
        "Only who may mount a small disk can make it read-only");
    try {
      TestLake lake =
          lake("SELECT code, amount, day FROM raw.sale")
              .file("conf/lake.conf", "name = test\nroot = \"%s\"\n".formatted(disk));
      lake.run("--select", "raw.sale");
      assertEquals(0, run("mount", "-o", "remount,ro", disk.toString()));
      found(FailuresPage.Failing.DISK_READ_ONLY, "analysis.line", lake, lake.type("run"));
      assertEquals(6, rows(disk.resolve("raw/sale")));
      assertEquals(0, run("mount", "-o", "remount,rw", disk.toString()));
      assertEquals(0, lake.type("run").exit());
      assertEquals(6, rows(disk.resolve("analysis/line")));
    } finally {
      assertEquals(0, run("umount", "-l", disk.toString()));
    }
  }

  private static long rows(Path table) {
    return TestSpark.session().read().format("delta").load(table.toString()).count();
  }

  private static void fill(Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[512]);
      }
    } catch (IOException full) {
      // As it should be.
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  /** Each task reads an object of this S3, which is asked twice at most. */
  private void readsFrom(String endpoint, FailuresPage.Failing what, String secret)
      throws IOException {
    Map<String, String> settings = new HashMap<>(S3Server.settingsOfHadoop(endpoint));
    settings.put("fs.s3a.impl.disable.cache", "true");
    settings.put("fs.s3a.attempts.maximum", "1");
    settings.put("fs.s3a.retry.limit", "1");
    settings.put("fs.s3a.retry.interval", "10ms");
    settings.put("fs.s3a.retry.throttle.limit", "1");
    settings.put("fs.s3a.retry.throttle.interval", "10ms");
    settings.put("fs.s3a.connection.request.timeout", "1s");
    if (!secret.isEmpty()) {
      settings.put("fs.s3a.secret.key", secret);
    }
    TestLake lake = hooked();
    Hooked.before =
        task -> {
          settings.forEach((key, value) -> task.spark().conf().set(key, value));
          task.spark().read().text("s3a://private/rates.txt").head();
        };
    found(what, "analysis.line", lake, lake.type("run"));
  }

  @Test
  void aDatabaseThatDoesNotAnswer() throws IOException {
    TestLake lake =
        source(
            """
            source { type = jdbc, url = "jdbc:postgresql://localhost:1/shop", table = person, by = at }
            """);
    found(FailuresPage.Failing.DATABASE_DOWN, "raw.sale", lake, lake.type("run"));
  }

  @Test
  void anApiThatIsDown() throws IOException {
    try (FakeApi api =
        new FakeApi(ask -> FakeApi.Reply.of(503, "text/plain", "down").with("Retry-After", "0"))) {
      TestLake lake = source(rest(api, ""));
      found(FailuresPage.Failing.API_DOWN, "raw.sale", lake, lake.type("run"));
    }
  }

  @Test
  void anApiWithoutThatPage() throws IOException {
    try (FakeApi api = new FakeApi(ask -> FakeApi.Reply.of(404, "text/plain", "no such thing"))) {
      TestLake lake = source(rest(api, ""));
      found(FailuresPage.Failing.API_WITHOUT_PAGE, "raw.sale", lake, lake.type("run"));
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
    found(FailuresPage.Failing.BROKEN_PARQUET, "raw.sale", lake, lake.type("run"));
  }

  @Test
  void aTablesFileThatIsBroken() throws IOException {
    TestLake lake = made();
    breakOff(Path.of(lake.path("raw.sale"), "day=2011-01-02"));
    found(FailuresPage.Failing.BROKEN_FILE, "analysis.line", lake, lake.type("run"));
  }

  @Test
  void aTablesFileThatIsGone() throws IOException {
    TestLake lake = made();
    for (Path file : parquet(Path.of(lake.path("raw.sale"), "day=2011-01-02"))) {
      Files.delete(file);
    }
    found(FailuresPage.Failing.MISSING_FILE, "analysis.line", lake, lake.type("run"));
  }

  @Test
  void aTablesLogWithAHole() throws IOException {
    TestLake lake = made();
    lake.backfill("--select", "raw.sale", "--no-downstream", "--date", "2011-01-01");
    lake.backfill("--select", "raw.sale", "--no-downstream", "--date", "2011-01-01");
    Files.delete(Path.of(lake.path("raw.sale"), "_delta_log/00000000000000000001.json"));
    found(FailuresPage.Failing.HOLE_IN_LOG, "analysis.line", lake, lake.type("run"));
    Files.move(Path.of(lake.path("raw.sale")), folder.resolve("away"));
    lake.backfill("--select", "raw.sale", "--from", "2011-01-01", "--to", "2011-01-03");
    assertEquals(6, lake.rows("raw.sale").size());
    assertEquals("", lake.plan());
  }

  /** Raw is made, and what reads it is not. */
  private TestLake made() {
    TestLake lake = lake("SELECT code, amount, day FROM raw.sale");
    lake.run("--select", "raw.sale");
    return lake;
  }

  /** What is read is made, and what reads it does something first. */
  private TestLake hooked() {
    return made().remove("jobs/analysis/line.sql").file("jobs/analysis/line.conf", Hooked.JOB);
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

  private void found(FailuresPage.Failing what, String job, TestLake lake, Shell.Said said)
      throws IOException {
    FailuresPage.found(what, job, lake, said);
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

  /** Ends each process that computes its rows, but not that of the driver. */
  public static final class Dying implements Transform {
    @Override
    public Dataset<Row> apply(TaskContext task) {
      return task.input("raw.sale")
          .selectExpr("code", "amount", "day")
          .map(
              (MapFunction<Row, Row>)
                  row -> {
                    Runtime.getRuntime().halt(1);
                    return row;
                  },
              Encoders.row(
                  new StructType()
                      .add("code", DataTypes.StringType)
                      .add("amount", DataTypes.IntegerType)
                      .add("day", DataTypes.DateType)));
    }
  }

  /** Loses the shuffle files that it is about to read. */
  public static final class Forgetful implements Transform {
    @Override
    public Dataset<Row> apply(TaskContext task) {
      String blocks = SparkEnv.get().blockManager().diskBlockManager().localDirs()[0].getPath();
      JavaSparkContext.fromSparkContext(task.spark().sparkContext())
          .parallelizePairs(List.of(new Tuple2<>("a", 1), new Tuple2<>("b", 2)), 2)
          .partitionBy(new HashPartitioner(1))
          .mapPartitions(
              rows -> {
                lose(Path.of(blocks));
                return rows;
              })
          .count();
      return task.input("raw.sale").selectExpr("code", "amount", "day");
    }

    private static void lose(Path blocks) throws IOException {
      try (Stream<Path> files = Files.walk(blocks)) {
        for (Path file : files.filter(one -> one.toString().endsWith(".data")).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Stops Spark while a job of it is at work. */
  public static final class Stopping implements Transform {
    private static final CountDownLatch AT_WORK = new CountDownLatch(1);

    @Override
    public Dataset<Row> apply(TaskContext task) {
      SparkContext spark = task.spark().sparkContext();
      Thread stop =
          new Thread(
              () -> {
                try {
                  AT_WORK.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                spark.stop();
              });
      stop.setDaemon(true);
      stop.start();
      JavaSparkContext.fromSparkContext(spark)
          .parallelize(List.of(1), 1)
          .foreach(
              one -> {
                AT_WORK.countDown();
                await();
              });
      return task.input("raw.sale").selectExpr("code", "amount", "day");
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
