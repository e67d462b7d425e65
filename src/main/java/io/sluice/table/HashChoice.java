package io.sluice.table;

import org.apache.spark.sql.SparkSession;

/** Whether writes take the hash of their rows: asked of the session that writes. */
final class HashChoice {
  private HashChoice() {}

  static boolean isMade() {
    String asked = System.getProperty(DeltaTables.HASHES, "true");
    return Boolean.parseBoolean(SparkSession.active().conf().get(DeltaTables.HASHES, asked));
  }
}
