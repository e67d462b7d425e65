package io.sluice.table;

import io.delta.tables.DeltaTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** What a table is created with. */
final class TableProperties {

  /** Receipts are in the log, so it is kept for longer than anybody stays away. */
  private static final Duration LOG = Duration.ofDays(90);

  private TableProperties() {}

  /**
   * A checkpoint is dear and every tenth commit too often for small ones.
   *
   * @param keep for how long what was in the table can be read and put back
   */
  static Map<String, String> created(Duration keep) {
    Map<String, String> properties = new HashMap<>(keeping(keep));
    properties.put("delta.checkpointInterval", "100");
    properties.put("delta.enableChangeDataFeed", "false");
    properties.put("delta.enableDeletionVectors", "false");
    return Map.copyOf(properties);
  }

  /**
   * As above, of a table with receipts in its log: it forgets nothing by itself. Who cleans it
   * keeps them first, beside the table ({@link io.sluice.deltalog.KeptCommits}).
   */
  static Map<String, String> withReceipts(Duration keep) {
    Map<String, String> properties = new HashMap<>(created(keep));
    properties.put("delta.enableExpiredLogCleanup", "false");
    return Map.copyOf(properties);
  }

  /** Those that a table has. */
  static Map<String, String> of(SparkSession spark, String path) {
    return DeltaTable.forPath(spark, path).detail().select("properties").head().getJavaMap(0);
  }

  /** Gives them to a table; none is no commit. */
  static void set(SparkSession spark, String path, Map<String, String> properties) {
    if (!properties.isEmpty()) {
      spark.sql(
          "ALTER TABLE delta.%s SET TBLPROPERTIES (%s)"
              .formatted(
                  Columns.quoted(path),
                  properties.entrySet().stream()
                      .map(entry -> "'%s' = '%s'".formatted(entry.getKey(), entry.getValue()))
                      .collect(Collectors.joining(", "))));
    }
  }

  static Map<String, String> keeping(Duration keep) {
    Duration log = keep.compareTo(LOG) > 0 ? keep : LOG;
    return Map.of(
        "delta.deletedFileRetentionDuration", interval(keep),
        "delta.logRetentionDuration", interval(log));
  }

  private static String interval(Duration time) {
    return time.equals(Duration.ofDays(time.toDays()))
        ? "interval %d days".formatted(time.toDays())
        : "interval %d hours".formatted(time.plusMinutes(59).toHours());
  }
}
