package io.sluice.table;

import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.ReceiptJson;
import io.sluice.time.IntervalSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Metadata;
import scala.Option;

/** Gives a table files back that it had before: no row is read or written. */
record InternalRestore(SparkSession spark, TableRestore restore) implements Restoring {

  /** Whether the old files can stand beside the table's new ones as they are. */
  boolean isPossible() {
    if (restore.mustRewrite()) {
      return false;
    }
    if (restore.whole().isPresent()) {
      return true;
    }
    InternalLog log = InternalLog.of(spark, restore.path());
    Metadata now = log.now().metadata();
    return restore.parts().keySet().stream()
        .filter(version -> version >= 0)
        .allMatch(version -> Restoring.fits(log.at(version).metadata().schema(), now.schema()));
  }

  @Override
  public long publish(Receipt receipt) {
    InternalLog log = InternalLog.of(spark, restore.path());
    Snapshot now = log.now();
    OptimisticTransaction transaction =
        log.delta().startTransaction(Option.empty(), Option.apply(now));
    InternalFence.heed(transaction, restore.fence());
    Restoring.refuseLater(restore, OptionalLong.of(now.version()));
    transaction.readWholeTable();
    List<AddFile> live = now.allFiles().collectAsList();
    List<Action> actions = new ArrayList<>();
    if (restore.whole().isPresent()) {
      long version = restore.whole().getAsLong();
      if (version >= 0) {
        giveShape(transaction, log.at(version).metadata());
      }
      actions.addAll(swap(live, at(log, version), InternalFiles.ALL));
    } else {
      IntervalColumn column =
          Restoring.column(
              restore,
              new TableShape(
                  now.metadata().schema(),
                  ScalaCollections.list(now.metadata().partitionColumns())));
      restore
          .parts()
          .forEach(
              (version, intervals) ->
                  actions.addAll(swap(live, at(log, version), within(column, intervals))));
    }
    return transaction.commit(
        ScalaCollections.seq(actions),
        new DeltaOperations.Write(
            SaveMode.Overwrite,
            Option.apply(transaction.metadata().partitionColumns()),
            Option.empty(),
            Option.apply(ReceiptJson.write(receipt))));
  }

  private static void giveShape(OptimisticTransaction transaction, Metadata old) {
    Metadata now = transaction.metadata();
    if (!old.schemaString().equals(now.schemaString())
        || !old.partitionColumns().equals(now.partitionColumns())) {
      transaction.updateMetadataForTableOverwrite(
          now.copy(
              now.id(),
              now.name(),
              now.description(),
              now.format(),
              old.schemaString(),
              old.partitionColumns(),
              now.configuration(),
              now.createdTime()));
    }
  }

  private static List<AddFile> at(InternalLog log, long version) {
    return version < 0 ? List.of() : log.at(version).allFiles().collectAsList();
  }

  private static Predicate<Map<String, String>> within(
      IntervalColumn column, IntervalSet intervals) {
    return partition -> {
      String value = partition.get(column.name());
      return value != null && Restoring.contains(intervals, column, value);
    };
  }

  /** Takes the files that are live now for those that were. */
  private static List<Action> swap(
      List<AddFile> live, List<AddFile> old, Predicate<Map<String, String>> which) {
    Map<String, AddFile> now = byPath(live, which);
    Map<String, AddFile> then = byPath(old, which);
    List<Action> actions = new ArrayList<>();
    then.forEach(
        (path, file) -> {
          if (!now.containsKey(path)) {
            actions.add(again(file));
          }
        });
    now.forEach(
        (path, file) -> {
          if (!then.containsKey(path)) {
            actions.add(file.removeWithTimestamp(file.removeWithTimestamp$default$1(), true));
          }
        });
    return actions;
  }

  private static Map<String, AddFile> byPath(
      List<AddFile> files, Predicate<Map<String, String>> which) {
    Map<String, AddFile> found = new LinkedHashMap<>();
    for (AddFile file : files) {
      if (which.test(InternalFiles.partition(file))) {
        found.put(file.path(), file);
      }
    }
    return found;
  }

  /** Its readers see other rows by it, whatever the commit said that first added it. */
  private static AddFile again(AddFile file) {
    return file.copy(
        file.path(),
        file.partitionValues(),
        file.size(),
        file.modificationTime(),
        true,
        file.stats(),
        file.tags(),
        file.deletionVector(),
        file.baseRowId(),
        file.defaultRowCommitVersion(),
        file.clusteringProvider());
  }
}
