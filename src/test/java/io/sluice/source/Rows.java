package io.sluice.source;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.Source.KnownItems;
import io.sluice.testing.TestSpark;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads a source as a task does. */
public final class Rows {
  private Rows() {}

  public static Dataset<Row> read(Source source, List<Interval> intervals) {
    return read(source, intervals, Map.of());
  }

  public static Dataset<Row> read(
      Source source, List<Interval> intervals, Map<String, String> settings) {
    SparkSession spark = TestSpark.session().newSession();
    settings.forEach(spark.conf()::set);
    Map<Interval, Look> looks = source.look(intervals, KnownItems.NONE);
    return source.read(spark, looks).rows();
  }

  /** These columns, one text a row, in order. */
  public static List<String> shown(Dataset<Row> rows, String... columns) {
    return rows.selectExpr(columns).collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
