package io.sluice.bench.write;

import com.sun.management.OperatingSystemMXBean;
import io.sluice.deltalog.Receipt;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.LakeLoader;
import io.sluice.lake.TableName;
import io.sluice.table.DeltaTables;
import io.sluice.table.StagedRows;
import io.sluice.table.TableWrite;
import io.sluice.task.LakeSession;
import io.sluice.time.Interval;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Writes the same rows of nine columns into 31 days of a new table, with hashes of rows and without
 * in turn, and prints the CPU seconds of this process and their ratio. Who is first changes with
 * each round, and two rounds to warm up do not count.
 *
 * <p>Arguments: a folder for the data, how many rounds, how many rows.
 */
public final class HashBench {
  private static final int WARM_UP = 2;

  private final Path folder;
  private final int rounds;
  private final long count;
  private final Lake lake;
  private final Job job;
  private final SparkSession spark;
  private int attempts;

  private HashBench(Path folder, int rounds, long count) throws IOException {
    this.folder = folder;
    this.rounds = rounds;
    this.count = count;
    this.lake = lake(folder.resolve("project"));
    this.job = lake.job(TableName.parse("raw.line").orElseThrow());
    this.spark = LakeSession.open(lake);
  }

  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
    new HashBench(folder, Integer.parseInt(args[1]), Long.parseLong(args[2])).run();
    System.exit(0);
  }

  private static Lake lake(Path project) throws IOException {
    Files.createDirectories(project.resolve("conf"));
    Files.createDirectories(project.resolve("jobs/raw"));
    Files.writeString(project.resolve("conf/lake.conf"), "name = hashes\n");
    Files.writeString(
        project.resolve("jobs/raw/line.conf"),
        """
        source { type = files, path = "landing/{yyyy-MM-dd}.parquet", format = parquet }
        partition-by = day
        start = 2011-01-01
        end = 2011-01-31
        """);
    return new LakeLoader().load(project, Optional.empty(), Map.of()).lake();
  }

  private void run() throws IOException {
    String rows = rows();
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = -WARM_UP; round < rounds; round++) {
      boolean isFirst = round % 2 == 0;
      double first = cpu(rows, isFirst);
      double second = cpu(rows, !isFirst);
      if (round >= 0) {
        with.add(isFirst ? first : second);
        without.add(isFirst ? second : first);
        ratios.add(with.get(round) / without.get(round));
      }
    }
    System.out.println("with     CPU " + told(with, "s"));
    System.out.println("without  CPU " + told(without, "s"));
    System.out.println("ratio of a round " + told(ratios, ""));
    System.out.printf(
        Locale.ROOT, "with / without, medians %.3f%n", median(with) / median(without));
  }

  /** Where the rows lie that are written, in Parquet, so that to make them up costs nothing. */
  private String rows() {
    String path = folder.resolve("rows-" + count).toString();
    if (!Files.exists(Path.of(path, "_SUCCESS"))) {
      spark
          .range(0, count, 1, 8)
          .selectExpr(
              "concat('5', lpad(id DIV 20, 7, '0')) AS invoice_no",
              "concat('S', (id * 7919) % 4000) AS stock_code",
              "concat('WHITE HANGING HEART T-LIGHT HOLDER ', (id * 7919) % 4000) AS description",
              "CAST(id % 48 AS int) AS quantity",
              "CAST((id * 31) % 2000 / 100 AS decimal(12, 2)) AS unit_price",
              "IF(id % 4 = 0, NULL, CAST(12000 + id DIV 20 % 5000 AS int)) AS customer_id",
              "TIMESTAMP '2011-01-01' + make_interval(0, 0, 0, 0, 0, 0, id % 86400) AS sold_at",
              "IF(id % 11 = 0, 'Germany', 'United Kingdom') AS country",
              "date_add(DATE '2011-01-01', CAST(id * 31 DIV %d AS int)) AS day".formatted(count))
          .write()
          .mode("overwrite")
          .parquet(path);
    }
    return path;
  }

  private double cpu(String rows, boolean hashes) throws IOException {
    Path table = folder.resolve("table");
    remove(table);
    System.gc();
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = process.getProcessCpuTime();
    write(table, rows, hashes);
    return (process.getProcessCpuTime() - before) / 1e9;
  }

  private void write(Path table, String rows, boolean hashes) {
    SparkSession session = spark.newSession();
    session.conf().set(DeltaTables.HASHES, String.valueOf(hashes));
    List<Interval> days = job.every().split(job.schedule().span());
    String attempt = "bench-1." + ++attempts;
    TableWrite write =
        new TableWrite(
            job, table.toString(), OptionalLong.empty(), days, lake.time(), attempt, false);
    try (StagedRows staged =
        new DeltaTables(session).stage(session, write, session.read().parquet(rows))) {
      if (staged.hashes().isEmpty() == hashes) {
        throw new IllegalStateException("Hashes are %s".formatted(staged.hashes()));
      }
      List<Receipt.Made> made =
          days.stream()
              .map(
                  day ->
                      new Receipt.Made(
                          day,
                          staged.counts().getOrDefault(day, 0L),
                          0,
                          Optional.ofNullable(staged.hashes().get(day))))
              .toList();
      staged.publish(
          new Receipt(
              lake.name(), job.name().toString(), "bench", attempt, "d", Map.of(), made));
    }
  }

  private static void remove(Path table) throws IOException {
    if (!Files.exists(table)) {
      return;
    }
    try (Stream<Path> all = Files.walk(table)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private static String told(List<Double> values, String unit) {
    List<Double> sorted = values.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%.3f%s (%.3f .. %.3f)",
        median(values),
        unit.isEmpty() ? "" : " " + unit,
        sorted.get(0),
        sorted.get(sorted.size() - 1));
  }
}
