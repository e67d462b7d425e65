package io.sluice.task;

import io.sluice.lake.Lake;
import org.apache.spark.sql.SparkSession;

/** Where the Spark session comes from, and what becomes of it when the work is done. */
@FunctionalInterface
public interface SparkHost {

  /** Starts Spark, or answers the session that is there. */
  SparkSession open(Lake lake);

  /** A session that others go on with is left to them. */
  default void close(SparkSession spark) {
    spark.stop();
  }
}
