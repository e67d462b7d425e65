package io.sluice.table;

import org.apache.spark.sql.SparkSession;

/** Writes a checkpoint, for which Delta has no public way. */
final class InternalCheckpoint {
  private InternalCheckpoint() {}

  static void write(SparkSession spark, String path) {
    InternalLog log = InternalLog.of(spark, path);
    log.delta().checkpoint(log.now(), log.delta().checkpoint$default$2());
  }
}
