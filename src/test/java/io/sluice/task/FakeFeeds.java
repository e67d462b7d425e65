package io.sluice.task;

import static org.apache.spark.sql.functions.expr;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.SourceRows;
import io.sluice.lake.Job;
import io.sluice.time.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One source for all jobs: SQL gives its rows, a map what is there. */
final class FakeFeeds implements Feeds, Source {
  final Map<Interval, Look> looks = new HashMap<>();
  Runnable whenRead = () -> {};
  String sql = "SELECT 1 AS id";

  void has(String day, String version) {
    looks.put(
        io.sluice.testing.Jobs.day(day),
        Look.present(List.of(new Look.Item(day + ".csv", version, 9))));
  }

  @Override
  public Source source(Job job) {
    return this;
  }

  @Override
  public KnownItems known(Job job) {
    return KnownItems.NONE;
  }

  @Override
  public Map<Interval, Look> look(List<Interval> intervals, KnownItems known) {
    Map<Interval, Look> seen = new HashMap<>();
    intervals.forEach(
        interval ->
            seen.put(
                interval,
                looks.getOrDefault(interval, new Look(Look.Presence.EMPTY, List.of(), "no file"))));
    return seen;
  }

  /** The SQL gives {@code day} as text, which says the row's interval, and {@code rejected}. */
  @Override
  public SourceRows read(SparkSession spark, Map<Interval, Look> seen) {
    whenRead.run();
    Dataset<Row> rows = spark.sql(sql);
    return new SourceRows(
        rows.withColumn(SourceRows.INTERVAL, expr("CAST(arrived AS TIMESTAMP_NTZ)"))
            .withColumn(SourceRows.SOURCE, expr("concat(arrived, '.csv')"))
            .withColumn(SourceRows.RECEIVED_AT, expr("TIMESTAMP '2011-02-01 00:00:00'"))
            .withColumn(SourceRows.REJECTED, expr("rejected"))
            .withColumn(SourceRows.RAW, expr("IF(rejected IS NULL, NULL, 'as received')"))
            .drop("arrived", "rejected"));
  }
}
