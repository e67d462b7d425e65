package io.sluice.table;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.SnapshotDescriptor;
import org.apache.spark.sql.delta.VersionChecksum;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.stats.DeltaJobStatisticsTracker;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.Seq;

/**
 * Finds out whether this Delta has the internals that we were compiled against; clusters ship
 * forks. By itself, so that to ask loads nothing that a fork may lack.
 */
final class InternalProbe {
  private static final boolean HASHES = hasHashing();

  private InternalProbe() {}

  static boolean isUsable() {
    try {
      return hasTransaction() && hasLog();
    } catch (LinkageError e) {
      return false;
    }
  }

  /** Whether a transaction can be told to take the hash of rows besides. */
  static boolean canHash() {
    return HASHES;
  }

  private static boolean hasHashing() {
    try {
      Class<?> transaction = OptimisticTransaction.class;
      return !Modifier.isFinal(transaction.getModifiers())
          && has(
              transaction,
              "getOptionalStatsTrackerAndStatsCollection",
              Seq.class,
              Path.class,
              StructType.class,
              Dataset.class)
          && has(
              transaction,
              "canDowngradeToSnapshotIsolation",
              Seq.class,
              DeltaOperations.Operation.class)
          && isMadeOf(transaction, DeltaLog.class, Option.class, Snapshot.class)
          && isMadeOf(
              DeltaJobStatisticsTracker.class,
              Configuration.class,
              Path.class,
              Seq.class,
              Expression.class)
          && has(DeltaJobStatisticsTracker.class, "path")
          && has(DeltaJobStatisticsTracker.class, "dataCols")
          && has(DeltaJobStatisticsTracker.class, "statsColExpr")
          && has(AddFile.class, "tagsOrEmpty");
    } catch (LinkageError e) {
      return false;
    }
  }

  private static boolean isMadeOf(Class<?> type, Class<?>... parameters) {
    return Stream.of(type.getConstructors())
        .anyMatch(found -> Arrays.equals(found.getParameterTypes(), parameters));
  }

  /** Whether a checkpoint can be written when we say so. */
  static boolean canCheckpoint() {
    try {
      return has(DeltaLog.class, "checkpoint", Snapshot.class, Option.class)
          && has(DeltaLog.class, "checkpoint$default$2")
          && has(
              DeltaLog.class,
              "cleanUpExpiredLogs",
              Snapshot.class,
              Option.class,
              scala.Enumeration.Value.class)
          && has(DeltaLog.class, "cleanUpExpiredLogs$default$3");
    } catch (LinkageError e) {
      return false;
    }
  }

  private static boolean hasTransaction() {
    Class<?> transaction = OptimisticTransaction.class;
    return has(transaction, "writeFiles", Dataset.class)
        && has(transaction, "commit", Seq.class, DeltaOperations.Operation.class)
        && has(transaction, "trackReadPredicates", Seq.class, boolean.class, boolean.class)
        && has(transaction, "trackFilesRead", Seq.class)
        && has(transaction, "readWholeTable")
        && has(transaction, "readTxn")
        && has(transaction, "updateMetadata", Metadata.class, boolean.class)
        && has(transaction, "updateMetadataForTableOverwrite", Metadata.class);
  }

  private static boolean hasLog() {
    Class<?> log = DeltaLog.class;
    Class<?> option = Option.class;
    return has(log, "startTransaction", option, option)
        && has(log, "update", boolean.class, option, option)
        && has(log, "getSnapshotAt", long.class, option, option)
        && has(log, "getChanges", long.class, boolean.class)
        && has(log, "createDataFrame", SnapshotDescriptor.class, Seq.class, boolean.class, option)
        && has(Snapshot.class, "checksumOpt")
        && has(Snapshot.class, "transactions")
        && has(VersionChecksum.class, "setTransactions")
        && has(AddFile.class, "numLogicalRecords");
  }

  private static boolean has(Class<?> type, String method, Class<?>... parameters) {
    return Stream.of(type.getMethods())
        .anyMatch(
            found ->
                found.getName().equals(method)
                    && Arrays.equals(found.getParameterTypes(), parameters));
  }
}
