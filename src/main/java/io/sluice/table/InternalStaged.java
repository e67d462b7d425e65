package io.sluice.table;

import io.sluice.deltalog.ContentHash;
import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.ReceiptJson;
import io.sluice.time.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
  private InternalTransaction transaction;
  private Replacement replacement;
  private List<AddFile> files;
  private final List<AddFile> unused = new ArrayList<>();
  private List<AddFile> carried = List.of();
  private Map<Interval, Long> counts = Map.of();
  private Map<Interval, ContentHash> hashes = Map.of();
  private List<Interval> unchanged = List.of();
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

  /** Takes the hashes from what the files say of themselves. */
  void hash() {
    Optional<IntervalColumn> column = replacement.counting().column();
    if (column.isPresent() && !replacement.shape().partitionBy().contains(column.get().name())) {
      return;
    }
    hashes = new LinkedHashMap<>();
    new InternalContents(replacement)
        .of(counts.keySet(), files)
        .forEach((interval, content) -> hashes.put(interval, content.hash()));
  }

  @Override
  public Map<Interval, ContentHash> hashes() {
    return hashes;
  }

  @Override
  public List<Interval> unchanged() {
    return unchanged;
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
  public boolean canLeaveOut() {
    return replacement.isByInterval();
  }

  @Override
  public void leaveOut(List<Interval> intervals) {
    transaction = transaction.without(intervals);
    replacement = transaction.replacement();
    List<AddFile> kept = new ArrayList<>();
    for (AddFile file : files) {
      (replacement.replaces(InternalFiles.partition(file)) ? kept : unused).add(file);
    }
    files = kept;
    counts = new LinkedHashMap<>(counts);
    counts.keySet().removeAll(intervals);
    hashes = new LinkedHashMap<>(hashes);
    hashes.keySet().removeAll(intervals);
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
    current.hasRead(old);
    boolean changesShape = current.changesShape();
    InternalContents contents = new InternalContents(replacement);
    List<Interval> same =
        current.mayKeep()
            ? whole(contents, contents.same(hashes.keySet(), files, old), old)
            : List.of();
    List<AddFile> removed = contents.without(same, old);
    List<AddFile> added = contents.without(same, all());
    long version = current.commit(removed, added, metadata);
    live.committed(replacement.path(), version, removed, added, changesShape);
    unchanged = same;
    unused.addAll(files);
    unused.removeAll(added);
    return version;
  }

  /** Of these intervals, those whose files are still there as they were written. */
  private List<Interval> whole(
      InternalContents contents, List<Interval> intervals, List<AddFile> old) {
    List<Interval> whole = new ArrayList<>(intervals);
    for (AddFile file : old) {
      contents
          .interval(file)
          .filter(whole::contains)
          .filter(interval -> !isWhole(file))
          .ifPresent(whole::remove);
    }
    return whole;
  }

  private boolean isWhole(AddFile file) {
    DeltaLog log = transaction.log().delta();
    try {
      FileSystem fs = log.dataPath().getFileSystem(log.newDeltaHadoopConf());
      return fs.getFileStatus(file.absolutePath(log)).getLen() == file.size();
    } catch (IOException e) {
      return false;
    }
  }

  private List<AddFile> all() {
    List<AddFile> all = new ArrayList<>(files);
    all.addAll(carried);
    return all;
  }

  @Override
  public void close() {
    List<AddFile> gone = new ArrayList<>(unused);
    unused.clear();
    if (!published) {
      // A commit that failed may still have been made: its files are left to VACUUM.
      gone.addAll(all());
    }
    published = true;
    remove(gone);
  }

  private void remove(List<AddFile> gone) {
    if (gone.isEmpty()) {
      return;
    }
    DeltaLog log = transaction.log().delta();
    try {
      FileSystem fs = log.dataPath().getFileSystem(log.newDeltaHadoopConf());
      for (AddFile file : gone) {
        fs.delete(file.absolutePath(log), false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't remove unpublished files of " + replacement.path(), e);
    }
  }
}
