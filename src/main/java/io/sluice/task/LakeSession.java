package io.sluice.task;

import io.sluice.lake.Lake;
import io.sluice.table.commit.SafeCommits;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session of the process: the cluster's where {@code spark-submit} started us, else a
 * lean one in this JVM. What the cluster or the lake sets is never overridden.
 */
public final class LakeSession {
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  private LakeSession() {}

  /**
   * Puts the JVM, and those of executors, on UTC: Delta names the partition of a moment by the
   * session's clock and reads the name back by the JVM's, and only UTC has no hour twice.
   */
  public static SparkSession open(Lake lake) {
    TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    SparkConf given = new SparkConf();
    Map<String, String> settings = settings(lake, given.contains("spark.master"));
    settings.putAll(SafeCommits.settings(key -> set(key, given, lake)));
    settings.keySet().removeIf(given::contains);
    settings.put(EXECUTOR_OPTIONS, executorOptions(given.get(EXECUTOR_OPTIONS, "")));
    settings.putAll(lake.spark());
    SparkSession.Builder builder = SparkSession.builder();
    settings.forEach(builder::config);
    return builder.getOrCreate();
  }

  private static Optional<String> set(String key, SparkConf given, Lake lake) {
    return Optional.ofNullable(lake.spark().get(key))
        .or(() -> given.contains(key) ? Optional.of(given.get(key)) : Optional.empty());
  }

  /** What we would set if nobody else did. */
  static Map<String, String> settings(Lake lake, boolean cluster) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.app.name", "sluice " + lake.name());
    settings.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
    settings.put(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    settings.put("spark.sql.session.timeZone", lake.time().zone().getId());
    settings.put("spark.sql.parquet.compression.codec", "zstd");
    // Days before 1900 are written as what they are; Spark fails on them where it is not told.
    settings.put("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED");
    settings.put("spark.sql.parquet.int96RebaseModeInWrite", "CORRECTED");
    // A zone other than UTC makes Delta read its own checksum again with each commit.
    settings.put(
        "spark.databricks.delta.allFilesInCrc.verificationMode.forceOnNonUTC.enabled", "false");
    if (!cluster) {
      settings.putAll(lean(Runtime.getRuntime().availableProcessors()));
    }
    return settings;
  }

  static String executorOptions(String given) {
    return given.contains("-Duser.timezone=") ? given : (given + " -Duser.timezone=UTC").strip();
  }

  private static Map<String, String> lean(int cores) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.master", "local[" + cores + "]");
    settings.put("spark.driver.bindAddress", "127.0.0.1");
    settings.put("spark.driver.host", "127.0.0.1");
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.ui.showConsoleProgress", "false");
    settings.put("spark.sql.shuffle.partitions", String.valueOf(cores));
    settings.put("spark.default.parallelism", String.valueOf(cores));
    settings.put("spark.databricks.delta.snapshotPartitions", cores > 2 ? "2" : "1");
    // VACUUM of a small lake takes seconds instead of minutes.
    settings.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2");
    return settings;
  }

  /**
   * Sets what can be set of a session; what only a process can have was set at its start. Keys that
   * Spark does not know, as ours, can be set, though it does not call them modifiable.
   */
  static void setIfPossible(SparkSession session, String key, String value) {
    try {
      set(session, key, value);
    } catch (AnalysisException ofTheProcess) {
      // As it was said at the start, where it could be.
    }
  }

  // Spark throws AnalysisException without declaring it.
  static void set(SparkSession session, String key, String value) throws AnalysisException {
    session.conf().set(key, value);
  }
}
