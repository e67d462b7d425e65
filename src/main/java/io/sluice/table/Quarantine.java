package io.sluice.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.sluice.lake.CareSpec;
import io.sluice.time.Interval;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * The table of rows that a job's rules turned away, a partition an attempt, so that those of an
 * attempt that came to nothing go with its files.
 */
record Quarantine(SparkSession spark, String path) {
  static final String ATTEMPT = "attempt";

  Map<Interval, Long> add(String attempt, Dataset<Row> rows) {
    forget(attempt);
    rows.withColumn(ATTEMPT, lit(attempt))
        .write()
        .format("delta")
        .mode(SaveMode.Append)
        .options(TableProperties.created(CareSpec.DEFAULT.keep()))
        .option("mergeSchema", "true")
        .partitionBy(ATTEMPT)
        .save(path);
    Map<Interval, Long> counts = new LinkedHashMap<>();
    for (Row group :
        of(List.of(attempt))
            .groupBy("interval_from", "interval_to")
            .agg(count(lit(1)))
            .orderBy("interval_from")
            .collectAsList()) {
      counts.put(
          new Interval(group.<LocalDateTime>getAs(0), group.<LocalDateTime>getAs(1)),
          group.getLong(2));
    }
    return counts;
  }

  /** The rows of these attempts. */
  Dataset<Row> of(List<String> attempts) {
    return spark.read().format("delta").load(path).where(col(ATTEMPT).isin(attempts.toArray()));
  }

  boolean exists() {
    return CommitLog.of(spark, path).latest().isPresent();
  }

  void forget(String attempt) {
    if (exists() && !of(List.of(attempt)).isEmpty()) {
      delete(attempt, "");
    }
  }

  void forget(String attempt, List<Interval> intervals) {
    if (exists()) {
      delete(
          attempt,
          intervals.stream()
              .map(interval -> "TIMESTAMP_NTZ '%s'".formatted(interval.from()))
              .collect(Collectors.joining(", ", " AND interval_from IN (", ")")));
    }
  }

  private void delete(String attempt, String which) {
    spark.sql(
        "DELETE FROM delta.`%s` WHERE %s = '%s'%s"
            .formatted(path.replace("`", "``"), ATTEMPT, attempt.replace("'", "\\'"), which));
  }
}
