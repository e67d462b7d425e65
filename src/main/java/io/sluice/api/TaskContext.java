package io.sluice.api;

import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a transform may know of the task it works for. */
public interface TaskContext {

  /** The task's own session; settings and temporary views of it are nobody else's. */
  SparkSession spark();

  /**
   * The rows of an input, cut as the definition says; its name as in the definition, {@code
   * analysis.fact_sale}.
   *
   * @throws IllegalArgumentException where the definition has no such input
   */
  Dataset<Row> input(String name);

  /** The task's intervals, in order, without gaps. */
  List<Interval> intervals();

  /** The job's {@code options}. */
  Map<String, String> options();
}
