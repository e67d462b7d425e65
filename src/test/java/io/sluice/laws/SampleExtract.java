package io.sluice.laws;

import io.sluice.sample.RetailOracle;
import io.sluice.sample.ShopDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The sample's jobs on sales, over its first days, with some lines of each. */
final class SampleExtract {
  static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  static final List<String> TABLES =
      List.of(
          "raw.sales",
          "raw.fx_rate",
          "raw.customer",
          "analysis.fact_sale",
          "analysis.fact_return",
          "analysis.dim_product",
          "analysis.dim_customer",
          "analysis.dim_date",
          "feature.customer_rfm",
          "aggregate.daily_sales");
  static final List<String> FIVE =
      List.of(
          "raw.sales",
          "raw.fx_rate",
          "analysis.fact_sale",
          "analysis.dim_product",
          "aggregate.daily_sales");
  private static final String NOW = "2011-12-20T00:00:00Z";

  private SampleExtract() {}

  /**
   * @param batch of every job, whatever it says itself
   */
  static TestLake at(Path folder, int days, int linesADay, int batch) {
    return at(folder, days, linesADay, table -> batch);
  }

  /**
   * @param batch of each job, whatever it says itself
   */
  static TestLake at(Path folder, int days, int linesADay, ToIntFunction<String> batch) {
    LocalDate end = FIRST.plusDays(days - 1);
    TestLake lake = TestLake.of(folder, NOW);
    lake.file("conf/lake.conf", "name = retail\n");
    try {
      copyJobs(lake, end, batch);
      copyLanding(lake, end, linesADay);
      ShopDatabase.create(folder.resolve("landing/sales"), folder.resolve("shop/shop"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lake;
  }

  private static void copyJobs(TestLake lake, LocalDate end, ToIntFunction<String> batch)
      throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("jobs"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String table = file.getName(file.getNameCount() - 2) + "." + file.getFileName();
        if (!TABLES.contains(table.substring(0, table.lastIndexOf('.')))) {
          continue;
        }
        String asked =
            "batch = " + batch.applyAsInt(table.substring(0, table.lastIndexOf('.'))) + "\n";
        String text =
            Files.readString(file)
                .replaceAll("(?m)^ *end +=.*$", "end = " + end)
                .replaceAll("(?m)^ *batch +=.*$", "");
        lake.file(
            file.toString(),
            table.endsWith(".sql")
                ? text.replaceFirst("/\\* sluice\n", "/* sluice\n" + asked)
                : text + asked);
      }
    }
  }

  private static void copyLanding(TestLake lake, LocalDate end, int linesADay) throws IOException {
    for (LocalDate day = FIRST; !day.isAfter(end); day = day.plusDays(1)) {
      Path sales = RetailOracle.LANDING.resolve("sales/" + day + ".csv.gz");
      if (Files.exists(sales)) {
        lake.land("sales/" + day + ".csv.gz", some(sales, linesADay));
      }
      String rate = "fx/eurofxref-" + day + ".xml";
      if (Files.exists(RetailOracle.LANDING.resolve(rate))) {
        lake.file("landing/" + rate, Files.readString(RetailOracle.LANDING.resolve(rate)));
      }
    }
  }

  /** Takes away the jobs of all other tables. */
  static TestLake only(TestLake lake, List<String> tables) {
    for (String table : TABLES) {
      if (!tables.contains(table)) {
        String job = "jobs/" + table.replace('.', '/');
        boolean sql = Files.exists(lake.folder().resolve(job + ".sql"));
        lake.remove(job + (sql ? ".sql" : ".conf"));
      }
    }
    return lake;
  }

  /** The header and lines from all over the file. */
  private static String[] some(Path file, int most) throws IOException {
    List<String> all = lines(file);
    int step = Math.max(1, (all.size() - 1) / most);
    return Stream.iterate(0, i -> i < all.size(), i -> i == 0 ? 1 : i + step)
        .map(all::get)
        .toArray(String[]::new);
  }

  /** All lines of a compressed file. */
  static List<String> lines(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
