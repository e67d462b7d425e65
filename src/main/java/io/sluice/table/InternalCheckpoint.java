package io.sluice.table;

import org.apache.spark.sql.SparkSession;
import scala.Option;

/** Writes a checkpoint, and cleans the log before it, without a commit. */
final class InternalCheckpoint {
  private InternalCheckpoint() {}

  static void write(SparkSession spark, String path) {
    InternalLog log = InternalLog.of(spark, path);
    log.delta().checkpoint(log.now(), log.delta().checkpoint$default$2());
  }

  /** Removes commits that are older than the table's own property says. */
  static void forgetCommits(SparkSession spark, String path) {
    InternalLog log = InternalLog.of(spark, path);
    log.delta()
        .cleanUpExpiredLogs(log.now(), Option.empty(), log.delta().cleanUpExpiredLogs$default$3());
  }
}
