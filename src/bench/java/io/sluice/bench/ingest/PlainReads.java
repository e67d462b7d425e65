package io.sluice.bench.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.lit;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The same bytes by Spark's own readers, typed as Sluice types them. */
final class PlainReads {
  private static final String LINE =
      "^(\\\\S+) (\\\\S+) (\\\\S+) \\\\[([^\\\\]]+)\\\\] \"(\\\\S+) (\\\\S+) (\\\\S+)\" (\\\\d+) (\\\\S+) \"([^\"]*)\" \"([^\"]*)\"$";

  private final SparkSession spark;
  private final Path folder;

  PlainReads(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  Optional<Dataset<Row>> of(String kind) {
    return Optional.of(
        rows(kind)
            .withColumn("_source", input_file_name())
            .withColumn("_received_at", lit(Instant.now())));
  }

  /** JSON whose fields nobody knows beforehand, typed as Sluice types it. */
  Dataset<Row> inferred() {
    return spark
        .read()
        .option("prefersDecimal", "true")
        .json(file("sales.json"))
        .withColumn("price", col("price").cast("DECIMAL(12,2)"))
        .withColumn("quantity", col("quantity").cast("INT"))
        .withColumn("sold_at", col("sold_at").cast("TIMESTAMP"))
        .withColumn("_source", input_file_name())
        .withColumn("_received_at", lit(Instant.now()));
  }

  private Dataset<Row> rows(String kind) {
    return (
        switch (kind) {
          case "csv" ->
              spark
                  .read()
                  .option("header", "true")
                  .schema(
                      "invoice STRING, stock_code STRING, description STRING, quantity INT, price DECIMAL(12,2), customer STRING, country STRING, sold_at TIMESTAMP")
                  .csv(file("sales.csv"));
          case "json" ->
              spark
                  .read()
                  .schema(
                      "invoice BIGINT, stock_code STRING, description STRING, quantity INT, price DECIMAL(12,2), sold_at TIMESTAMP")
                  .json(file("sales.json"));
          case "text" -> spark.read().text(file("access.log"));
          case "parquet" -> spark.read().parquet(file("sales.parquet"));
          case "weblog" -> weblog();
          case "xml" ->
              spark
                  .read()
                  .format("com.databricks.spark.xml")
                  .option("rowTag", "rate")
                  .schema("_currency STRING, _day DATE, value DECIMAL(12,5), bank STRING")
                  .load(file("rates.xml"));
          default ->
              spark
                  .read()
                  .text(file("sales.txt"))
                  .selectExpr(
                      "CAST(trim(substring(value, 1, 10)) AS BIGINT) AS id",
                      "nullif(trim(substring(value, 11, 12)), '') AS stock_code",
                      "CAST(trim(substring(value, 23, 8)) AS INT) AS quantity",
                      "nullif(trim(substring(value, 31, 30)), '') AS description");
        });
  }

  private Dataset<Row> weblog() {
    return spark
        .read()
        .text(file("access.log"))
        .selectExpr(
            part(1) + " AS client",
            part(3) + " AS user",
            "to_timestamp(%s, 'dd/MMM/yyyy:HH:mm:ss Z') AS time".formatted(part(4)),
            part(5) + " AS method",
            part(6) + " AS path",
            part(7) + " AS protocol",
            "CAST(%s AS INT) AS status".formatted(part(8)),
            "CAST(%s AS BIGINT) AS bytes".formatted(part(9)),
            part(10) + " AS referer",
            part(11) + " AS agent");
  }

  private static String part(int group) {
    return "regexp_extract(value, '%s', %d)".formatted(LINE, group);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }
}
