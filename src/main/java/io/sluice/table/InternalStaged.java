package io.sluice.table;

import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.ReceiptJson;
import io.sluice.time.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.AddFile;

/** Files that a transaction has written and not yet committed. */
final class InternalStaged implements StagedRows {
  private static final int CREATION_TRIES = 3;

  private final SparkSession spark;
  private final InternalFiles live;
  private final InternalTransaction transaction;
  private final Replacement replacement;
  private final List<AddFile> files;
  private List<AddFile> carried = List.of();
  private Map<Interval, Long> counts = Map.of();
  private boolean published;

  InternalStaged(
      SparkSession spark,
      InternalFiles live,
      InternalTransaction transaction,
      List<AddFile> files) {
    this.spark = spark;
    this.live = live;
    this.transaction = transaction;
    this.replacement = transaction.replacement();
    this.files = files;
  }

  /** Writes rows again that stay what they are. */
  void carry(Replacement.Carried again) {
    carried = transaction.carry(spark, again);
  }

  /** Counts by what the files say of themselves; where that is not enough, by reading them. */
  void count() {
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
      String value = InternalFiles.partition(file).get(column.get().name());
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
    return transaction.rows(files);
  }

  @Override
  public long publish(Receipt receipt) {
    SparkSession.setActiveSession(spark);
    published = true;
    try {
      return publish(ReceiptJson.write(receipt));
    } catch (FencedException e) {
      // Nobody will ever commit them.
      published = false;
      throw e;
    }
  }

  private long publish(String metadata) {
    InternalTransaction current = transaction;
    for (int attempt = 1; ; attempt++) {
      try {
        return commit(current, metadata);
      } catch (DeltaConcurrentModificationException e) {
        refuseFenced();
        // A neighbour has created the table since; what it wrote is no business of ours.
        if (!current.creates() || attempt == CREATION_TRIES) {
          throw e;
        }
        current = InternalTransaction.begin(current.log(), replacement);
        if (!current.hadTheColumns()) {
          throw e;
        }
      }
    }
  }

  private void refuseFenced() {
    InternalLog log = transaction.log();
    replacement.fence().ifPresent(fence -> fence.refuse(InternalFence.known(log.now(), fence)));
  }

  private long commit(InternalTransaction current, String metadata) {
    List<AddFile> old = current.replaced(live);
    boolean changesShape = current.changesShape();
    List<AddFile> added = all();
    long version = current.commit(old, added, metadata);
    live.committed(replacement.path(), version, old, added, changesShape);
    return version;
  }

  private List<AddFile> all() {
    List<AddFile> all = new ArrayList<>(files);
    all.addAll(carried);
    return all;
  }

  @Override
  public void close() {
    if (published) {
      // A commit that failed may still have been made: its files are left to VACUUM.
      return;
    }
    published = true;
    DeltaLog log = transaction.log().delta();
    try {
      FileSystem fs = log.dataPath().getFileSystem(log.newDeltaHadoopConf());
      for (AddFile file : all()) {
        fs.delete(file.absolutePath(log), false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't remove unpublished files of " + replacement.path(), e);
    }
  }
}
