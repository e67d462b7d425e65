package io.sluice.table;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.SetTransaction;
import scala.Option;
import scala.runtime.BoxesRunTime;

/** Commits of nothing but a fence. */
final class InternalFence {
  private static final int TRIES = 10;

  private InternalFence() {}

  static Action action(Fence fence) {
    return new SetTransaction(fence.application(), fence.first(), Option.empty());
  }

  /**
   * What the table keeps is read, so that another's change to it is a conflict. Delta's own way to
   * read it replays the log, at several times the cost of a small commit.
   */
  static void heed(OptimisticTransaction transaction, Fence fence) {
    transaction.readTxn().$plus$eq(fence.application());
    fence.refuse(known(transaction.snapshot(), fence));
  }

  /** What the table keeps of the job; negative for nothing. */
  static long known(Snapshot now, Fence fence) {
    if (now.checksumOpt().isDefined() && now.checksumOpt().get().setTransactions().isDefined()) {
      return ScalaCollections.list(now.checksumOpt().get().setTransactions().get()).stream()
          .filter(one -> one.appId().equals(fence.application()))
          .mapToLong(SetTransaction::version)
          .findFirst()
          .orElse(-1);
    }
    Option<Object> known = now.transactions().get(fence.application());
    return known.isDefined() ? BoxesRunTime.unboxToLong(known.get()) : -1;
  }

  /** False where there is no table. */
  static boolean put(SparkSession spark, String path, Fence fence) {
    InternalLog log = InternalLog.of(spark, path);
    for (int tries = 1; ; tries++) {
      Snapshot now = log.now();
      if (now.version() < 0) {
        return false;
      }
      OptimisticTransaction transaction =
          log.delta().startTransaction(Option.empty(), Option.apply(now));
      transaction.readTxn().$plus$eq(fence.application());
      long known = known(now, fence);
      fence.refuse(known);
      if (known >= fence.first()) {
        return true;
      }
      try {
        transaction.commit(
            ScalaCollections.seq(List.of(action(fence))), DeltaOperations.ManualUpdate$.MODULE$);
        return true;
      } catch (DeltaConcurrentModificationException e) {
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }
}
