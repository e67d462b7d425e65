package io.sluice.table;

import io.delta.exceptions.ConcurrentAppendException;
import io.sluice.lake.Job;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.SnapshotDescriptor;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.Protocol;
import org.jspecify.annotations.Nullable;
import scala.Option;

/** A transaction of Delta's that puts a replacement into its table, as of the version it is of. */
record InternalTransaction(InternalLog log, Replacement replacement, OptimisticTransaction delta) {

  static InternalTransaction begin(InternalLog log, Replacement replacement) {
    Snapshot start =
        replacement.base().isEmpty() ? log.now() : log.at(replacement.base().getAsLong());
    InternalTransaction begun =
        new InternalTransaction(log, replacement, begin(log, replacement, start));
    replacement.fence().ifPresent(fence -> InternalFence.heed(begun.delta, fence));
    begun.giveShape();
    return begun;
  }

  private static OptimisticTransaction begin(
      InternalLog log, Replacement replacement, Snapshot start) {
    return InternalProbe.canHash() && HashChoice.isMade()
        ? new InternalHashing(log.delta(), start, replacement.stamps())
        : log.delta().startTransaction(Option.empty(), Option.apply(start));
  }

  /** The same transaction, which replaces nothing of these intervals. */
  InternalTransaction without(List<Interval> intervals) {
    return new InternalTransaction(log, replacement.without(intervals), delta);
  }

  private void giveShape() {
    Metadata old = delta.metadata();
    TableShape shape = replacement.shape();
    if (creates()) {
      delta.updateMetadata(created(shape, replacement.counting().job()), false);
    } else if (!shape.columns().equals(old.schema())
        || !shape.partitionBy().equals(ScalaCollections.list(old.partitionColumns()))) {
      Metadata changed =
          old.copy(
              old.id(),
              old.name(),
              old.description(),
              old.format(),
              shape.columns().json(),
              ScalaCollections.seq(shape.partitionBy()),
              old.configuration(),
              old.createdTime());
      if (replacement.anew()) {
        delta.updateMetadataForTableOverwrite(changed);
      } else {
        delta.updateMetadata(changed, false);
      }
    }
  }

  private static Metadata created(TableShape shape, Job job) {
    return new Metadata(
        UUID.randomUUID().toString(),
        nothing(),
        nothing(),
        new Format("parquet", ScalaCollections.map(Map.of())),
        shape.columns().json(),
        ScalaCollections.seq(shape.partitionBy()),
        ScalaCollections.map(TableProperties.withReceipts(job.effort().care().keep())),
        Metadata.apply$default$8());
  }

  @SuppressWarnings("NullAway") // Scala's null: a table without name and description
  private static <T extends @Nullable Object> T nothing() {
    return null;
  }

  /** Whether there was no table when it began. */
  boolean creates() {
    return delta.readVersion() < 0;
  }

  /** Whether the table had the columns of the replacement when it began. */
  boolean hadTheColumns() {
    return delta.snapshot().metadata().schema().equals(replacement.shape().columns());
  }

  boolean changesShape() {
    return !delta.metadata().equals(delta.snapshot().metadata());
  }

  /** Writes the rows beside the table. */
  List<AddFile> write(SparkSession spark, Dataset<Row> rows) {
    List<AddFile> files = new ArrayList<>();
    try (SessionSettings settings = SessionSettings.writing(spark, replacement.shape())) {
      for (FileAction action : ScalaCollections.list(delta.writeFiles(rows))) {
        AddFile file = (AddFile) action;
        files.add(tagged(file));
      }
    }
    return files;
  }

  /** A Delta that has no such transaction must not even be asked whether this is one. */
  private AddFile tagged(AddFile file) {
    return InternalProbe.canHash() && delta instanceof InternalHashing hashing
        ? hashing.tagged(file)
        : file;
  }

  /** Writes rows again that stay what they were, which its readers need not look at. */
  List<AddFile> carry(SparkSession spark, Replacement.Carried again) {
    List<AddFile> files = new ArrayList<>();
    for (AddFile file : write(spark, again.rows())) {
      boolean isSame = replacement.isCarried(InternalFiles.partition(file));
      files.add(isSame ? unchanged(file) : file);
    }
    return files;
  }

  private static AddFile unchanged(AddFile file) {
    return file.copy(
        file.path(),
        file.partitionValues(),
        file.size(),
        file.modificationTime(),
        false,
        file.stats(),
        file.tags(),
        file.deletionVector(),
        file.baseRowId(),
        file.defaultRowCommitVersion(),
        file.clusteringProvider());
  }

  /** The rows of files that it has written. */
  Dataset<Row> rows(List<AddFile> files) {
    return log.rows(
        new Described(log.delta(), delta.readVersion(), delta.metadata(), delta.protocol()), files);
  }

  /** The files that the replacement takes the place of; another's change to them is a conflict. */
  List<AddFile> replaced(InternalFiles live) {
    if (creates()) {
      return List.of();
    }
    Predicate<Map<String, String>> which = InternalFiles.ALL;
    if (replacement.slice() instanceof Slice.Span span) {
      which = span::holds;
      delta.trackReadPredicates(
          ScalaCollections.seq(List.<Expression>of(span.rows().expr())), true, true);
    } else {
      delta.readWholeTable();
    }
    List<AddFile> old = live.now(which, replacement.path(), log);
    if (replacement.base().isEmpty() && !old.isEmpty()) {
      throw new ConcurrentAppendException(
          "Another writer has created %s with rows of %s since this task began"
              .formatted(replacement.path(), replacement.slice()));
    }
    return old;
  }

  /** Another's change to these files, which may stay, is a conflict. */
  void hasRead(List<AddFile> files) {
    delta.trackFilesRead(ScalaCollections.seq(files));
  }

  /**
   * Whether a file that the table has can stay where the new one has the same rows: the columns are
   * as they were.
   */
  boolean mayKeep() {
    return !creates() && !changesShape() && !replacement.anew() && replacement.carried().isEmpty();
  }

  /** Puts the new files into the place of the old ones, and gives the version. */
  long commit(List<AddFile> old, List<AddFile> files, String userMetadata) {
    List<Action> actions = new ArrayList<>(files);
    for (AddFile file : old) {
      boolean isSame = replacement.isCarried(InternalFiles.partition(file));
      actions.add(file.removeWithTimestamp(file.removeWithTimestamp$default$1(), !isSame));
    }
    if (creates()) {
      replacement.fence().map(InternalFence::action).ifPresent(actions::add);
    }
    return delta.commit(
        ScalaCollections.seq(actions),
        new DeltaOperations.Write(
            SaveMode.Overwrite,
            Option.apply(ScalaCollections.seq(replacement.shape().partitionBy())),
            predicate(),
            Option.apply(userMetadata)));
  }

  private Option<String> predicate() {
    return replacement.slice() instanceof Slice.Span span
        ? Option.apply(span.sql())
        : Option.empty();
  }

  /** A table as an open transaction sees it. */
  private record Described(DeltaLog deltaLog, long version, Metadata metadata, Protocol protocol)
      implements SnapshotDescriptor {
    @Override
    public Option<Object> numOfFilesIfKnown() {
      return Option.empty();
    }

    @Override
    public Option<Object> sizeInBytesIfKnown() {
      return Option.empty();
    }
  }
}
