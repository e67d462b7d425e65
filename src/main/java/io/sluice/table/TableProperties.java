package io.sluice.table;

import java.util.Map;

/** What a table is created with. */
final class TableProperties {

  /**
   * A checkpoint is dear and every tenth commit too often for small ones; receipts are in the log,
   * so it is kept for longer than anybody stays away.
   */
  static final Map<String, String> CREATED =
      Map.of(
          "delta.checkpointInterval", "100",
          "delta.logRetentionDuration", "interval 90 days",
          "delta.enableChangeDataFeed", "false",
          "delta.enableDeletionVectors", "false");

  private TableProperties() {}
}
