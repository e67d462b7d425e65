package io.sluice.table;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a checkpoint, and cleans the log before it, through Delta's public API: the commit that
 * gives a table the property to have one after each commit has one. The next commit takes it back.
 */
final class PublicCheckpoint {
  private static final String INTERVAL = "delta.checkpointInterval";
  private static final String CLEANING = "delta.enableExpiredLogCleanup";

  /** Where nobody says another. */
  private static final String DELTAS_INTERVAL = "10";

  /** What is there where this was killed between its two commits. */
  private static final String ALWAYS = "1";

  private PublicCheckpoint() {}

  /**
   * @param cleans whether the log then forgets the commits that are older than it keeps them
   */
  static void write(SparkSession spark, String path, boolean cleans) {
    Map<String, String> before = TableProperties.of(spark, path);
    Map<String, String> now = new HashMap<>(Map.of(INTERVAL, ALWAYS));
    Map<String, String> after = new HashMap<>();
    String interval = before.getOrDefault(INTERVAL, DELTAS_INTERVAL);
    after.put(INTERVAL, interval.equals(ALWAYS) ? DELTAS_INTERVAL : interval);
    if (cleans) {
      now.put(CLEANING, "true");
      after.put(CLEANING, before.getOrDefault(CLEANING, "true"));
    }
    try {
      TableProperties.set(spark, path, now);
    } finally {
      TableProperties.set(spark, path, after);
    }
  }
}
