package io.sluice.task;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import io.sluice.time.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The rows of a quarantine table that count: those of the attempts that made an interval last. */
final class Rejects {
  private static final StructType MADE =
      new StructType()
          .add("interval_from", DataTypes.TimestampNTZType)
          .add("attempt", DataTypes.StringType);
  private static final StructType COLUMNS =
      new StructType()
          .add("interval_from", DataTypes.TimestampNTZType)
          .add("interval_to", DataTypes.TimestampNTZType)
          .add("rule", DataTypes.StringType)
          .add("reason", DataTypes.StringType)
          .add("source", DataTypes.StringType)
          .add("row", DataTypes.StringType);

  private Rejects() {}

  /**
   * The rows that count, without the attempt that wrote them.
   *
   * @param rows in the shape of a quarantine table; empty where there is none
   * @param attempts by interval, the attempt whose rows count
   */
  static Dataset<Row> counting(
      SparkSession spark, Optional<Dataset<Row>> rows, Map<Interval, String> attempts) {
    return rows.map(all -> counting(all, attempts))
        .orElseGet(
            () ->
                spark.createDataFrame(List.<Row>of(), COLUMNS.add("attempt", DataTypes.StringType)))
        .select(Arrays.stream(COLUMNS.fieldNames()).map(functions::col).toArray(Column[]::new));
  }

  private static Dataset<Row> counting(Dataset<Row> rows, Map<Interval, String> attempts) {
    List<Row> made =
        attempts.entrySet().stream()
            .map(one -> RowFactory.create(one.getKey().from(), one.getValue()))
            .toList();
    return rows.join(
        rows.sparkSession().createDataFrame(made, MADE),
        scala.collection.JavaConverters.asScalaBuffer(List.of("interval_from", "attempt")).toSeq(),
        "left_semi");
  }

  /**
   * Some of the rows that count, with the number of all such.
   *
   * @param rows in the shape of a quarantine table
   * @param attempts by interval, the attempt whose rows count
   */
  static Dataset<Row> some(Dataset<Row> rows, Map<Interval, String> attempts, int most) {
    WindowSpec alike = Window.partitionBy("interval_from", "rule");
    return counting(rows, attempts)
        .withColumn("rows", count(lit(1)).over(alike))
        .withColumn("_number", row_number().over(alike.orderBy("source", "row")))
        .where(col("_number").leq(most))
        .orderBy("interval_from", "rule", "_number")
        .select("interval_from", "interval_to", "rule", "rows", "reason", "source", "row");
  }
}
