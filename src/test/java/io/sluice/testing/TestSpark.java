package io.sluice.testing;

import io.sluice.table.commit.SafeCommits;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * The one Spark session of a test JVM; tests that need settings of their own take a newSession().
 */
public final class TestSpark {
  private TestSpark() {}

  public static SparkSession session() {
    return Holder.SESSION;
  }

  private static final class Holder {
    static final SparkSession SESSION = withSafeCommits(SparkSession.builder()).getOrCreate();

    private static SparkSession.Builder withSafeCommits(SparkSession.Builder builder) {
      SafeCommits.settings(key -> Optional.empty()).forEach(builder::config);
      return builder
          .master("local[2]")
          .appName("sluice-tests")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", "2")
          .config("spark.default.parallelism", "2")
          .config("spark.sql.session.timeZone", "UTC")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
          .config(
              "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
          .config("spark.databricks.delta.snapshotPartitions", "2")
          .config("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED")
          .config("spark.sql.parquet.int96RebaseModeInWrite", "CORRECTED")
          // As a lake's own session: without it, Delta reads the log again after each commit.
          .config(
              "spark.databricks.delta.allFilesInCrc.verificationMode.forceOnNonUTC.enabled",
              "false")
          .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2")
          // Hundreds of tables come and go: what is kept of them would fill the heap.
          .config("spark.databricks.delta.delta.log.cacheSize", "40")
          .config("spark.ui.retainedJobs", "50")
          .config("spark.ui.retainedStages", "50")
          .config("spark.sql.ui.retainedExecutions", "10")
          .config("spark.sql.warehouse.dir", "target/tmp/warehouse");
    }
  }
}
