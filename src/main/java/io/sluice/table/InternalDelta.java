package io.sluice.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.types.StructField;

/**
 * Reads and publishes through Delta's own transaction, with the live files of each table kept in
 * memory, so that neither replays the log. It and the other classes named Internal are the one
 * place that knows Delta's internals.
 */
final class InternalDelta implements DeltaAccess {
  private final DeltaAccess elsewhere;
  private final InternalFiles files = new InternalFiles();

  /**
   * @param elsewhere for what is not known here
   */
  InternalDelta(DeltaAccess elsewhere) {
    this.elsewhere = elsewhere;
  }

  @Override
  public TableShape shape(SparkSession spark, String path, long version) {
    Metadata metadata = InternalLog.of(spark, path).at(version).metadata();
    return new TableShape(metadata.schema(), ScalaCollections.list(metadata.partitionColumns()));
  }

  /** Whether this path can read and write the table, which may have been made by others. */
  boolean canWrite(SparkSession spark, String path) {
    Snapshot now = InternalLog.of(spark, path).now();
    return now.version() < 0 || InternalFeatures.areKnown(now);
  }

  @Override
  public Dataset<Row> read(SparkSession spark, TableRead read) {
    return readKnown(spark, read).orElseGet(() -> elsewhere.read(spark, read));
  }

  /** Empty where the files of that version are not known any more. */
  private Optional<Dataset<Row>> readKnown(SparkSession spark, TableRead read) {
    InternalLog log = InternalLog.of(spark, read.path());
    Snapshot now = log.now();
    if (read.version() > now.version() || InternalFeatures.isMapped(now)) {
      return Optional.empty();
    }
    Predicate<Map<String, String>> which = InternalFiles.ALL;
    Optional<Column> filter = Optional.empty();
    if (read.cut().isPresent()) {
      TableRead.Cut cut = read.cut().get();
      Optional<StructField> field = TableShape.find(now.metadata().schema(), cut.column());
      if (field.isEmpty()) {
        return Optional.empty();
      }
      IntervalColumn column =
          new IntervalColumn(field.get().name(), field.get().dataType(), read.zone());
      filter = Optional.of(column.within(cut.span()));
      if (ScalaCollections.list(now.metadata().partitionColumns()).contains(column.name())) {
        which = InternalFiles.within(column, cut.span());
      }
    }
    Optional<List<AddFile>> known = files.at(read.version(), which, read.path(), log, now);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> rows = log.rows(now, known.get());
    return Optional.of(filter.map(rows::where).orElse(rows));
  }

  @Override
  public boolean canCarry() {
    return true;
  }

  @Override
  public boolean fence(SparkSession spark, String path, Fence fence) {
    return InternalFence.put(spark, path, fence);
  }

  @Override
  public StagedRows stage(SparkSession spark, Replacement replacement, Dataset<Row> rows) {
    InternalLog log = InternalLog.of(spark, replacement.path());
    InternalTransaction transaction = InternalTransaction.begin(log, replacement);
    InternalStaged staged =
        new InternalStaged(spark, files, transaction, transaction.write(spark, rows));
    try {
      replacement.carried().ifPresent(staged::carry);
      staged.count();
      staged.hash();
    } catch (RuntimeException e) {
      staged.close();
      throw e;
    }
    return staged;
  }
}
