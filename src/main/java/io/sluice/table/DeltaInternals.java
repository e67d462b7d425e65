package io.sluice.table;

import io.delta.exceptions.ConcurrentAppendException;
import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.ReceiptJson;
import io.sluice.time.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.delta.DeltaColumnMappingMode;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;
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
import org.apache.spark.sql.delta.actions.RemoveFile;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Reads and publishes through Delta's own transaction, with the live files of each table kept in
 * memory, so that neither replays the log. The one place that knows Delta's internals.
 */
final class DeltaInternals implements DeltaAccess {
  private static final Predicate<Map<String, String>> ALL = partition -> true;
  private static final int CREATION_TRIES = 3;

  private final DeltaAccess elsewhere;
  private final Map<String, LiveFiles<AddFile>> tables = new ConcurrentHashMap<>();

  /**
   * @param elsewhere for what is not known here
   */
  DeltaInternals(DeltaAccess elsewhere) {
    this.elsewhere = elsewhere;
  }

  /** Whether this Delta has what this class was compiled against. */
  static boolean isUsable() {
    Class<?> transaction = OptimisticTransaction.class;
    Class<?> option = Option.class;
    try {
      return has(transaction, "writeFiles", Dataset.class)
          && has(transaction, "commit", Seq.class, DeltaOperations.Operation.class)
          && has(transaction, "trackReadPredicates", Seq.class, boolean.class, boolean.class)
          && has(transaction, "trackFilesRead", Seq.class)
          && has(transaction, "readWholeTable")
          && has(transaction, "updateMetadata", Metadata.class, boolean.class)
          && has(transaction, "updateMetadataForTableOverwrite", Metadata.class)
          && has(DeltaLog.class, "startTransaction", option, option)
          && has(DeltaLog.class, "update", boolean.class, option, option)
          && has(DeltaLog.class, "getSnapshotAt", long.class, option, option)
          && has(DeltaLog.class, "getChanges", long.class, boolean.class)
          && has(
              DeltaLog.class,
              "createDataFrame",
              SnapshotDescriptor.class,
              Seq.class,
              boolean.class,
              option)
          && has(Snapshot.class, "checksumOpt")
          && has(AddFile.class, "numLogicalRecords");
    } catch (LinkageError e) {
      return false;
    }
  }

  private static boolean has(Class<?> type, String method, Class<?>... parameters) {
    return Stream.of(type.getMethods())
        .anyMatch(
            found ->
                found.getName().equals(method)
                    && Arrays.equals(found.getParameterTypes(), parameters));
  }

  @Override
  public TableShape shape(SparkSession spark, String path, long version) {
    DeltaLog log = log(spark, path);
    Snapshot now = update(log);
    Metadata metadata = (now.version() == version ? now : snapshotAt(log, version)).metadata();
    return new TableShape(metadata.schema(), javaList(metadata.partitionColumns()));
  }

  /** Whether this path can read and write the table, which may have been made by others. */
  boolean canWrite(SparkSession spark, String path) {
    Snapshot now = update(log(spark, path));
    if (now.version() < 0) {
      return true;
    }
    Map<String, String> settings = JavaConverters.mapAsJavaMap(now.metadata().configuration());
    if (isMapped(now)
        || Boolean.parseBoolean(settings.get("delta.enableChangeDataFeed"))
        || Boolean.parseBoolean(settings.get("delta.enableDeletionVectors"))
        || Boolean.parseBoolean(settings.get("delta.enableRowTracking"))
        || settings.keySet().stream().anyMatch(key -> key.startsWith("delta.constraints."))) {
      return false;
    }
    for (StructField field : now.metadata().schema().fields()) {
      if (field.metadata().contains("delta.generationExpression")
          || field.metadata().contains("delta.identity.start")
          || field.metadata().contains("CURRENT_DEFAULT")
          || field.metadata().contains("delta.invariants")
          || !field.nullable()) {
        return false;
      }
    }
    return now.protocol().readerAndWriterFeatureNames().toStream().forall(FEATURES::contains);
  }

  private static final List<String> FEATURES =
      List.of("appendOnly", "invariants", "timestampNtz", "checkConstraints", "domainMetadata");

  private static boolean isMapped(Snapshot snapshot) {
    DeltaColumnMappingMode mode = snapshot.metadata().columnMappingMode();
    return !mode.name().equals("none");
  }

  /** Empty where the files of that version are not known any more. */
  private Optional<Dataset<Row>> readKnown(SparkSession spark, TableRead read) {
    DeltaLog log = log(spark, read.path());
    Snapshot now = update(log);
    if (read.version() > now.version() || isMapped(now)) {
      return Optional.empty();
    }
    Predicate<Map<String, String>> which = ALL;
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
      if (javaList(now.metadata().partitionColumns()).contains(column.name())) {
        which = within(column, cut.span());
      }
    }
    Optional<List<AddFile>> files = filesAt(read.path(), log, now, read.version(), which);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> rows = log.createDataFrame(now, scalaSeq(files.get()), false, Option.empty());
    return Optional.of(filter.map(rows::where).orElse(rows));
  }

  @Override
  public Dataset<Row> read(SparkSession spark, TableRead read) {
    return readKnown(spark, read).orElseGet(() -> elsewhere.read(spark, read));
  }

  private Optional<List<AddFile>> filesAt(
      String path, DeltaLog log, Snapshot now, long version, Predicate<Map<String, String>> which) {
    return withFiles(
        path,
        log,
        now,
        live -> live.isSameAt(version, which) ? Optional.of(live.in(which)) : Optional.empty());
  }

  @Override
  public StagedRows stage(SparkSession spark, Replacement replacement, Dataset<Row> rows) {
    DeltaLog log = log(spark, replacement.path());
    OptimisticTransaction transaction = begin(log, replacement, update(log));
    List<AddFile> files = new ArrayList<>();
    try (SessionSettings settings = SessionSettings.writing(spark, replacement.shape())) {
      for (FileAction action : javaList(transaction.writeFiles(rows))) {
        files.add((AddFile) action);
      }
    }
    Staged staged = new Staged(spark, log, replacement, transaction, files);
    try {
      staged.count();
    } catch (RuntimeException e) {
      staged.close();
      throw e;
    }
    return staged;
  }

  private static OptimisticTransaction begin(DeltaLog log, Replacement replacement, Snapshot now) {
    Snapshot start =
        replacement.base().isEmpty() || replacement.base().getAsLong() == now.version()
            ? now
            : snapshotAt(log, replacement.base().getAsLong());
    OptimisticTransaction transaction = log.startTransaction(Option.empty(), Option.apply(start));
    Metadata old = transaction.metadata();
    TableShape shape = replacement.shape();
    if (start.version() < 0) {
      transaction.updateMetadata(created(shape), false);
    } else if (!shape.columns().equals(old.schema())
        || !shape.partitionBy().equals(javaList(old.partitionColumns()))) {
      Metadata changed =
          old.copy(
              old.id(),
              old.name(),
              old.description(),
              old.format(),
              shape.columns().json(),
              scalaSeq(shape.partitionBy()),
              old.configuration(),
              old.createdTime());
      if (replacement.anew()) {
        transaction.updateMetadataForTableOverwrite(changed);
      } else {
        transaction.updateMetadata(changed, false);
      }
    }
    return transaction;
  }

  private static Metadata created(TableShape shape) {
    return new Metadata(
        UUID.randomUUID().toString(),
        nothing(),
        nothing(),
        new Format("parquet", scalaMap(Map.of())),
        shape.columns().json(),
        scalaSeq(shape.partitionBy()),
        scalaMap(TableProperties.CREATED),
        Metadata.apply$default$8());
  }

  @SuppressWarnings("NullAway") // Scala's null: a table without name and description
  private static <T extends @Nullable Object> T nothing() {
    return null;
  }

  private static Predicate<Map<String, String>> within(IntervalColumn column, Interval span) {
    return partition -> {
      String value = partition.get(column.name());
      return value != null && span.contains(column.parse(value));
    };
  }

  /** Files that one transaction has written and not yet committed. */
  private final class Staged implements StagedRows {
    private final SparkSession spark;
    private final DeltaLog log;
    private final Replacement replacement;
    private final OptimisticTransaction transaction;
    private final List<AddFile> files;
    private Map<Interval, Long> counts = Map.of();
    private boolean published;
    private boolean changesShape;

    Staged(
        SparkSession spark,
        DeltaLog log,
        Replacement replacement,
        OptimisticTransaction transaction,
        List<AddFile> files) {
      this.spark = spark;
      this.log = log;
      this.replacement = replacement;
      this.transaction = transaction;
      this.files = files;
    }

    private void count() {
      Counting counting = replacement.counting();
      boolean told = files.stream().allMatch(file -> file.numLogicalRecords().isDefined());
      Optional<IntervalColumn> column = counting.column();
      boolean byPartition =
          column.isEmpty() || replacement.shape().partitionBy().contains(column.get().name());
      if (!told || !byPartition) {
        counts = counting.of(rows());
        return;
      }
      Counting.Tally tally = counting.tally();
      for (AddFile file : files) {
        long rows = (Long) file.numLogicalRecords().get();
        if (column.isEmpty()) {
          tally.add(counting.newest(), rows);
          continue;
        }
        String value = partition(file).get(column.get().name());
        if (value == null) {
          tally.addUnknown(rows);
        } else {
          tally.add(column.get().parse(value), rows);
        }
      }
      counts = tally.counts();
    }

    @Override
    public Map<Interval, Long> counts() {
      return counts;
    }

    @Override
    public Dataset<Row> rows() {
      SparkSession.setActiveSession(spark);
      return log.createDataFrame(
          new Described(
              log, transaction.readVersion(), transaction.metadata(), transaction.protocol()),
          scalaSeq(files),
          false,
          Option.empty());
    }

    @Override
    public long publish(Receipt receipt) {
      SparkSession.setActiveSession(spark);
      published = true;
      String metadata = ReceiptJson.write(receipt);
      OptimisticTransaction current = transaction;
      for (int attempt = 1; ; attempt++) {
        try {
          return commit(current, metadata);
        } catch (DeltaConcurrentModificationException e) {
          // A neighbour has created the table since; what it wrote is no business of ours.
          if (current.readVersion() >= 0 || attempt == CREATION_TRIES) {
            throw e;
          }
          current = begin(log, replacement, update(log));
          if (!current.snapshot().metadata().schema().equals(replacement.shape().columns())) {
            throw e;
          }
        }
      }
    }

    private long commit(OptimisticTransaction current, String metadata) {
      List<AddFile> old = current.readVersion() < 0 ? List.of() : replaced(current);
      current.trackFilesRead(scalaSeq(old));
      changesShape = !current.metadata().equals(current.snapshot().metadata());
      List<Action> actions = new ArrayList<>(files);
      for (AddFile file : old) {
        actions.add(file.remove());
      }
      long version =
          current.commit(
              scalaSeq(actions),
              new DeltaOperations.Write(
                  SaveMode.Overwrite,
                  Option.apply(scalaSeq(replacement.shape().partitionBy())),
                  predicate(),
                  Option.apply(metadata)));
      moveOn(version, old);
      return version;
    }

    /** What this commit did need not be read from the log. */
    private void moveOn(long version, List<AddFile> old) {
      LiveFiles<AddFile> live = tables.get(replacement.path());
      if (live == null) {
        return;
      }
      synchronized (live) {
        if (live.version() == version - 1) {
          List<LiveFiles.Removed> removed =
              old.stream()
                  .map(file -> new LiveFiles.Removed(partition(file), file.path()))
                  .toList();
          live.advance(version, removed, added(files), changesShape);
        }
      }
    }

    private Option<String> predicate() {
      return replacement.slice() instanceof Slice.Span span
          ? Option.apply(span.column().sqlWithin(span.interval()))
          : Option.empty();
    }

    private List<AddFile> replaced(OptimisticTransaction current) {
      Predicate<Map<String, String>> which = ALL;
      if (replacement.slice() instanceof Slice.Span span) {
        which = within(span.column(), span.interval());
        current.trackReadPredicates(
            scalaSeq(List.<Expression>of(span.column().within(span.interval()).expr())),
            true,
            true);
      } else {
        current.readWholeTable();
      }
      Predicate<Map<String, String>> slice = which;
      List<AddFile> old = withFiles(replacement.path(), log, update(log), live -> live.in(slice));
      if (replacement.base().isEmpty() && !old.isEmpty()) {
        throw new ConcurrentAppendException(
            "Another writer has created %s with rows of %s since this task began"
                .formatted(replacement.path(), replacement.slice()));
      }
      return old;
    }

    @Override
    public void close() {
      if (published) {
        // A commit that failed may still have been made: its files are left to VACUUM.
        return;
      }
      published = true;
      try {
        FileSystem fs = log.dataPath().getFileSystem(log.newDeltaHadoopConf());
        for (AddFile file : files) {
          fs.delete(file.absolutePath(log), false);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(
            "Can't remove unpublished files of " + replacement.path(), e);
      }
    }
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

  /** Asks the live files of a table, moved on to this snapshot or further. */
  private <T> T withFiles(
      String path, DeltaLog log, Snapshot now, Function<LiveFiles<AddFile>, T> question) {
    LiveFiles<AddFile> live = tables.computeIfAbsent(path, key -> seeded(now));
    synchronized (live) {
      if (live.version() < now.version()) {
        catchUp(live, log, now.version());
      }
      return question.apply(live);
    }
  }

  private static LiveFiles<AddFile> seeded(Snapshot now) {
    List<AddFile> files =
        now.checksumOpt().isDefined() && now.checksumOpt().get().allFiles().isDefined()
            ? javaList(now.checksumOpt().get().allFiles().get())
            : now.allFiles().collectAsList();
    return new LiveFiles<>(now.version(), added(files));
  }

  private static void catchUp(LiveFiles<AddFile> live, DeltaLog log, long until) {
    scala.collection.Iterator<Tuple2<Object, Seq<Action>>> changes =
        log.getChanges(live.version() + 1, true);
    while (live.version() < until && changes.hasNext()) {
      Tuple2<Object, Seq<Action>> change = changes.next();
      List<AddFile> added = new ArrayList<>();
      List<LiveFiles.Removed> removed = new ArrayList<>();
      boolean changesShape = false;
      for (Action action : javaList(change._2())) {
        if (action instanceof AddFile file) {
          added.add(file);
        } else if (action instanceof RemoveFile file) {
          removed.add(new LiveFiles.Removed(partition(file), file.path()));
        } else if (action instanceof Metadata || action instanceof Protocol) {
          changesShape = true;
        }
      }
      live.advance((Long) change._1(), removed, added(added), changesShape);
    }
  }

  private static List<LiveFiles.Added<AddFile>> added(Collection<AddFile> files) {
    return files.stream()
        .map(file -> new LiveFiles.Added<>(partition(file), file.path(), file))
        .toList();
  }

  private static Map<String, String> partition(FileAction file) {
    return new HashMap<>(JavaConverters.mapAsJavaMap(file.partitionValues()));
  }

  private static DeltaLog log(SparkSession spark, String path) {
    SparkSession.setActiveSession(spark);
    return DeltaLog.forTable(spark, new Path(path));
  }

  private static Snapshot update(DeltaLog log) {
    return log.update(false, Option.empty(), Option.empty());
  }

  private static Snapshot snapshotAt(DeltaLog log, long version) {
    return log.getSnapshotAt(version, Option.empty(), Option.empty());
  }

  private static <T> List<T> javaList(Seq<T> seq) {
    return JavaConverters.seqAsJavaList(seq);
  }

  private static <T> Seq<T> scalaSeq(List<? extends T> list) {
    return JavaConverters.<T>asScalaBuffer(new ArrayList<T>(list)).toSeq();
  }

  private static <V> scala.collection.immutable.Map<String, V> scalaMap(Map<String, V> map) {
    return scala.collection.immutable.Map$.MODULE$
        .<String, V>empty()
        .$plus$plus(JavaConverters.mapAsScalaMap(map));
  }
}
