package io.sluice.table;

import static org.apache.spark.sql.functions.lit;

import io.delta.exceptions.ConcurrentTransactionException;
import java.util.OptionalLong;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Commits of nothing but a fence through Delta's public API: no rows, under the fence's name. */
final class PublicFence {
  private static final int TRIES = 10;

  private PublicFence() {}

  /** False where there is no table. */
  static boolean put(SparkSession spark, String path, Fence fence) {
    CommitLog log = CommitLog.of(spark, path);
    for (int tries = 1; ; tries++) {
      OptionalLong before = log.latest();
      if (before.isEmpty()) {
        return false;
      }
      log.refuseFenced(fence, OptionalLong.empty());
      if (log.holds(fence, OptionalLong.empty())) {
        return true;
      }
      try (SessionSettings settings = SessionSettings.committing(spark, "")) {
        spark
            .read()
            .format("delta")
            .load(path)
            .where(lit(false))
            .write()
            .format("delta")
            .mode(SaveMode.Append)
            .option("txnAppId", fence.application())
            .option("txnVersion", fence.first())
            .save(path);
      } catch (ConcurrentTransactionException e) {
        if (tries == TRIES) {
          throw e;
        }
        continue;
      }
      if (log.holds(fence, before)) {
        return true;
      }
      log.refuseFenced(fence, OptionalLong.empty());
      throw fence.passedOver();
    }
  }
}
