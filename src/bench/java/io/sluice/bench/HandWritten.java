package io.sluice.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.File;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The three tables of the benchmark by plain Spark and Delta: for the whole range one read and one
 * {@code replaceWhere} write a table; the same tables and columns, no checks.
 */
public final class HandWritten {
  private static final String SCHEMA =
      "InvoiceNo STRING, StockCode STRING, Description STRING, Quantity INT, InvoiceDate TIMESTAMP,"
          + " UnitPrice DECIMAL(12,3), CustomerID STRING, Country STRING";

  private final SparkSession spark;
  private final String lake;
  private final List<File> landing;

  private HandWritten(SparkSession spark, String lake, List<File> landing) {
    this.spark = spark;
    this.lake = lake;
    this.landing = landing;
  }

  /** Arguments: landing folder, lake folder, first and last day, {@code plain|lean}, {@code range|daily}. */
  public static void main(String[] args) {
    LocalDate first = LocalDate.parse(args[2]);
    LocalDate last = LocalDate.parse(args[3]);
    File[] files = new File(args[0]).listFiles((folder, name) -> name.endsWith(".csv.gz"));
    if (files == null || files.length == 0) {
      throw new IllegalArgumentException("No .csv.gz file in " + args[0]);
    }
    try (SparkSession spark = session(args[4].equals("lean"))) {
      HandWritten tables = new HandWritten(spark, args[1], Arrays.asList(files));
      if (args[5].equals("range")) {
        tables.make(first, last);
      } else {
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
          tables.make(day, day);
        }
      }
    }
  }

  static SparkSession session(boolean lean) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[*]")
            .appName("hand-written")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    if (lean) {
      builder
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", "2")
          .config("spark.databricks.delta.snapshotPartitions", "2");
    }
    return builder.getOrCreate();
  }

  private void make(LocalDate first, LocalDate last) {
    write("raw/sales", raw(first, last), first, last);
    write("analysis/fact_sale", fact(read("raw/sales", first, last)), first, last);
    write("aggregate/daily_sales", daily(read("analysis/fact_sale", first, last)), first, last);
  }

  private Dataset<Row> raw(LocalDate first, LocalDate last) {
    String[] paths =
        landing.stream()
            .filter(
                file -> {
                  LocalDate day = LocalDate.parse(file.getName().substring(0, 10));
                  return !day.isBefore(first) && !day.isAfter(last);
                })
            .map(File::getPath)
            .sorted()
            .toArray(String[]::new);
    if (paths.length == 0) {
      return spark
          .createDataFrame(
              List.of(),
              StructType.fromDDL(
                  SCHEMA + ", invoice_date DATE, _source STRING, _received_at TIMESTAMP"));
    }
    return spark
        .read()
        .schema(SCHEMA)
        .option("header", true)
        .option("escape", "\"")
        .csv(paths)
        .select(
            col("*"),
            to_date(regexp_extract(col("_metadata.file_name"), "^(.{10})", 1)).as("invoice_date"),
            col("_metadata.file_path").as("_source"),
            col("_metadata.file_modification_time").as("_received_at"));
  }

  private static Dataset<Row> fact(Dataset<Row> sales) {
    return sales
        .select(
            col("InvoiceNo").as("invoice_no"),
            col("StockCode").as("stock_code"),
            col("Description").as("description"),
            col("Quantity").as("quantity"),
            col("InvoiceDate").as("invoiced_at"),
            col("UnitPrice").as("unit_price"),
            col("Quantity").multiply(col("UnitPrice")).cast("DECIMAL(18,3)").as("amount_gbp"),
            xxhash64(col("StockCode")).as("product_key"),
            col("CustomerID").as("customer_id"),
            col("Country").as("country"),
            col("invoice_date"))
        .distinct();
  }

  private static Dataset<Row> daily(Dataset<Row> fact) {
    return fact.groupBy("invoice_date", "country")
        .agg(
            countDistinct("invoice_no").as("invoices"),
            sum("amount_gbp").cast("DECIMAL(18,3)").as("revenue_gbp"));
  }

  private Dataset<Row> read(String table, LocalDate first, LocalDate last) {
    return spark
        .read()
        .format("delta")
        .load(lake + "/" + table)
        .where(within(first, last));
  }

  private void write(String table, Dataset<Row> rows, LocalDate first, LocalDate last) {
    rows.write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .partitionBy("invoice_date")
        .option("replaceWhere", within(first, last))
        .save(lake + "/" + table);
  }

  private static String within(LocalDate first, LocalDate last) {
    return "invoice_date BETWEEN DATE '%s' AND DATE '%s'".formatted(first, last);
  }
}
