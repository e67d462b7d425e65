package io.sluice.task;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Picks examples from a quarantine table for people to look at. */
final class Rejects {
  private static final StructType MADE =
      new StructType()
          .add("interval_from", DataTypes.TimestampNTZType)
          .add("attempt", DataTypes.StringType);

  private Rejects() {}

  /**
   * @param rows in the shape of a quarantine table
   * @param attempts by interval, the attempt whose rows count
   */
  static Dataset<Row> some(Dataset<Row> rows, Map<Interval, String> attempts, int most) {
    List<Row> made =
        attempts.entrySet().stream()
            .map(one -> RowFactory.create(one.getKey().from(), one.getValue()))
            .toList();
    WindowSpec alike = Window.partitionBy("interval_from", "rule");
    return rows.join(
            rows.sparkSession().createDataFrame(made, MADE),
            scala.collection.JavaConverters.asScalaBuffer(List.of("interval_from", "attempt"))
                .toSeq(),
            "left_semi")
        .withColumn("rows", count(lit(1)).over(alike))
        .withColumn("_number", row_number().over(alike.orderBy("source", "row")))
        .where(col("_number").leq(most))
        .orderBy("interval_from", "rule", "_number")
        .select("interval_from", "interval_to", "rule", "rows", "reason", "source", "row");
  }
}
