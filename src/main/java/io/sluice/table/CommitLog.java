package io.sluice.table;

import io.delta.exceptions.ConcurrentAppendException;
import io.sluice.deltalog.Commit;
import io.sluice.deltalog.LogTail;
import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.TableLog;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import scala.collection.JavaConverters;

/** What the log of a table says about commits that were not made by this write. */
record CommitLog(String path, TableLog log) {

  static CommitLog of(SparkSession spark, String path) {
    return new CommitLog(
        path, TableLog.at(path, JavaConverters.mapAsJavaMap(spark.conf().getAll())));
  }

  OptionalLong latest() {
    return log.latest();
  }

  List<Commit> commits() {
    return log.since(-1).commits();
  }

  /**
   * Throws Delta's own conflict where a commit after the base may have changed what is replaced;
   * for writes whose transaction begins only now.
   */
  void refuseConflicts(String job, OptionalLong base, Slice slice, List<Interval> intervals) {
    LogTail tail = log.since(base.orElse(-1));
    for (Commit commit : tail.commits()) {
      if (commit.changesData() && touches(commit, job, slice, intervals)) {
        throw new ConcurrentAppendException(
            "Commit %d of %s has changed rows of %s since this task began at version %s"
                .formatted(
                    commit.version(),
                    path,
                    intervals.get(0).span(intervals.get(intervals.size() - 1)),
                    base.isPresent() ? base.getAsLong() : "none"));
      }
    }
  }

  private static boolean touches(Commit commit, String job, Slice slice, List<Interval> intervals) {
    if (!(slice instanceof Slice.Span span)) {
      return true;
    }
    if (commit.receipt().filter(receipt -> receipt.job().equals(job)).isPresent()) {
      return commit.receipt().get().made().stream()
          .map(Receipt.Made::interval)
          .anyMatch(made -> made.overlaps(span.interval()));
    }
    IntervalColumn column = span.column();
    for (Map<String, String> partition : commit.partitions()) {
      String value = partition.get(column.name());
      if (value == null || span.interval().contains(column.parse(value))) {
        return true;
      }
    }
    return commit.touchesUnknown() || commit.partitions().isEmpty();
  }

  /** The version that this receipt's commit made. */
  long versionOf(Receipt receipt, OptionalLong base) {
    List<Commit> commits = log.since(base.orElse(-1)).commits();
    for (int i = commits.size() - 1; i >= 0; i--) {
      Commit commit = commits.get(i);
      if (commit.receipt().filter(found -> found.attempt().equals(receipt.attempt())).isPresent()) {
        return commit.version();
      }
    }
    throw new IllegalStateException(
        "The commit of attempt %s is not in the log of %s".formatted(receipt.attempt(), path));
  }
}
