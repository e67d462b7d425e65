package io.sluice.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Prints of each table its columns, rows and a sum over all values, a line each. */
public final class Contents {
  private static final List<String> TABLES =
      List.of("raw/sales", "analysis/fact_sale", "aggregate/daily_sales");

  private Contents() {}

  /** Argument: the lake's folder. */
  public static void main(String[] args) {
    try (SparkSession spark = HandWritten.session(true)) {
      for (String table : TABLES) {
        System.out.println(line(spark, args[0], table));
      }
    }
  }

  private static String line(SparkSession spark, String lake, String table) {
    Dataset<Row> rows = spark.read().format("delta").load(lake + "/" + table);
    List<String> columns =
        Arrays.stream(rows.schema().fields())
            .map(field -> field.name() + " " + field.dataType().sql())
            .sorted()
            .toList();
    // Where and when a row came from differs from program to program, on purpose.
    Column[] values =
        Arrays.stream(rows.columns())
            .filter(name -> !name.startsWith("_"))
            .sorted()
            .flatMap(name -> Stream.of(col(name), col(name).isNull()))
            .toArray(Column[]::new);
    Row facts =
        rows.agg(count(lit(1)), sum(xxhash64(values).cast("DECIMAL(20,0)").cast("DECIMAL(38,0)")))
            .head();
    return "%s: %d rows, sum %s, %s".formatted(table, facts.getLong(0), facts.get(1), columns);
  }
}
