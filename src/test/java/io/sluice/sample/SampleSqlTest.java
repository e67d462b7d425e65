package io.sluice.sample;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_date;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.TaskContext;
import io.sluice.sample.RetailOracle.DailySales;
import io.sluice.testing.TestSpark;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sample's SQL means what it says, whatever engine puts its inputs before it. */
class SampleSqlTest {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  private static final LocalDate LAST = LocalDate.of(2011, 1, 10);
  private static final LocalDateTime WEEK_LATER = FIRST.plusDays(7).atStartOfDay();
  private static final RetailOracle ORACLE = RetailOracle.read(RetailOracle.LANDING);
  private static final SparkSession SPARK = TestSpark.session().newSession();

  @BeforeAll
  static void landTheFiles() throws IOException {
    String sales = RetailOracle.LANDING.resolve("sales").toString();
    SPARK
        .read()
        .option("header", "true")
        .option("escape", "\"")
        .schema(
            "InvoiceNo STRING, StockCode STRING, Description STRING, Quantity INT,"
                + " InvoiceDate TIMESTAMP, UnitPrice DECIMAL(12,3), CustomerID STRING,"
                + " Country STRING")
        .csv(
            sales + "/2010-12-*.csv.gz", sales + "/2011-01-0?.csv.gz", sales + "/2011-01-10.csv.gz")
        .withColumn("invoice_date", to_date(col("InvoiceDate")))
        .createOrReplaceTempView("raw__sales");
    SPARK
        .read()
        .option("wholetext", "true")
        .text(RetailOracle.LANDING.resolve("fx").toString())
        .selectExpr(
            "explode(regexp_extract_all(value, '(currency=\"[A-Z]{3}\" rate=\"[0-9.]+\")', 1)) AS cube",
            "CAST(regexp_extract(input_file_name(), '([0-9-]{10}).xml', 1) AS DATE) AS rate_date")
        .selectExpr(
            "substring(cube, 11, 3) AS currency",
            "CAST(regexp_extract(cube, 'rate=\"([0-9.]+)\"', 1) AS DECIMAL(12, 5)) AS rate",
            "rate_date")
        .createOrReplaceTempView("raw__fx_rate");
    SPARK
        .sql(
            "SELECT day AS starts, date_add(day, 1) AS ends FROM (SELECT explode(sequence(DATE '%s',"
                    .formatted(FIRST)
                + " DATE '%s', INTERVAL 1 DAY)) AS day)".formatted(LAST))
        .createOrReplaceTempView("intervals");
    make("analysis.fact_sale").localCheckpoint().createOrReplaceTempView("analysis__fact_sale");
  }

  @Test
  void aFactIsMadeOfEachDistinctLine() {
    long lines =
        ORACLE.distinct().headMap(LAST.plusDays(1)).values().stream().mapToLong(n -> n).sum();
    Row counted =
        SPARK
            .sql(
                "SELECT count(*), count(DISTINCT line_key), count(eur_gbp) FROM analysis__fact_sale")
            .head();
    assertEquals(lines, counted.getLong(0));
    assertEquals(lines, counted.getLong(1));
    assertEquals(lines, counted.getLong(2));
  }

  @Test
  void dailySalesAreExact() throws IOException {
    List<DailySales> expected =
        ORACLE.dailySales().stream().filter(row -> !row.day().isAfter(LAST)).toList();
    assertEquals(expected, SampleRows.dailySales(make("aggregate.daily_sales")));
  }

  @Test
  void theProductsOfADayAreTheirLastLines() throws IOException {
    Map<String, String> first =
        ORACLE.productVersions().stream()
            .filter(version -> version.from().equals(FIRST))
            .collect(
                Collectors.toMap(
                    RetailOracle.ProductVersion::product,
                    v -> v.description().orElse(null) + " " + v.price()));
    Map<String, String> made =
        make("analysis.dim_product")
            .where("_day = DATE '%s'".formatted(FIRST))
            .collectAsList()
            .stream()
            .collect(
                Collectors.toMap(
                    row -> row.getString(0), row -> row.getString(2) + " " + row.getDecimal(3)));
    assertEquals(first, made);
  }

  @Test
  void aCustomersNinetyDaysEndBeforeTheDay() throws IOException {
    Dataset<Row> rfm = make("feature.customer_rfm");
    assertEquals(
        0, rfm.where("feature_date = DATE '%s' OR recency_days < 1".formatted(FIRST)).count());
    Row one =
        rfm.where("customer_id = 17850 AND feature_date = DATE '2010-12-02'")
            .select("recency_days", "frequency", "monetary_gbp")
            .head();
    List<RetailOracle.Line> lines = ORACLE.lines(FIRST, "17850.0");
    assertEquals(1, one.getInt(0));
    assertEquals(
        lines.stream()
            .map(RetailOracle.Line::invoice)
            .filter(invoice -> !invoice.startsWith("C"))
            .distinct()
            .count(),
        one.getInt(1));
    assertEquals(
        lines.stream()
            .map(line -> line.price().multiply(BigDecimal.valueOf(line.quantity())))
            .reduce(BigDecimal.ZERO, BigDecimal::add),
        one.getDecimal(2));
  }

  @Test
  void returnsOfDaysMadeTogetherAreThoseOfDaysMadeAlone() {
    List<Interval> days = Cadence.DAY.split(new Interval(FIRST.atStartOfDay(), WEEK_LATER));
    List<String> together = returned(days);
    List<String> alone =
        days.stream().flatMap(day -> returned(List.of(day)).stream()).sorted().toList();
    assertEquals(together, alone);
    long pieces =
        SPARK
            .sql(
                "SELECT -sum(quantity) FROM analysis__fact_sale WHERE quantity < 0 AND customer_id IS"
                    + " NOT NULL AND invoice_date < DATE '%s'".formatted(WEEK_LATER.toLocalDate()))
            .head()
            .getLong(0);
    assertEquals(
        pieces, together.stream().mapToLong(row -> Long.parseLong(row.split(",", -1)[5])).sum());
  }

  private static List<String> returned(List<Interval> days) {
    return new ReturnMatching()
        .apply(new Returns(days)).collectAsList().stream()
            .map(row -> row.mkString(","))
            .sorted()
            .toList();
  }

  private static Dataset<Row> make(String table) throws IOException {
    String sql = Files.readString(Path.of("jobs", table.replace('.', '/') + ".sql"));
    return SPARK.sql(
        sql.substring(sql.indexOf("*/") + 2).replaceAll("\\b(raw|analysis)\\.(\\w+)", "$1__$2"));
  }

  private record Returns(List<Interval> intervals) implements TaskContext {
    @Override
    public SparkSession spark() {
      return SPARK;
    }

    @Override
    public Dataset<Row> input(String name) {
      return SPARK
          .table(name.replace(".", "__"))
          .where(
              "invoice_date < DATE '%s'"
                  .formatted(intervals.get(intervals.size() - 1).to().toLocalDate()));
    }

    @Override
    public Map<String, String> options() {
      return Map.of();
    }
  }
}
