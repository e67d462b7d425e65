package io.sluice.table;

import io.delta.exceptions.ConcurrentAppendException;
import io.sluice.deltalog.Commit;
import io.sluice.deltalog.LogTail;
import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.TableLog;
import io.sluice.deltalog.Undone;
import io.sluice.lake.Job;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Throws Delta's own conflict where somebody else has changed rows after the base. */
  void refuseForeign(OptionalLong base) {
    for (Commit commit : log.since(base.orElse(-1)).commits()) {
      if (commit.changesData() && commit.receipt().isEmpty()) {
        throw new ConcurrentAppendException(
            "Commit %d of %s (%s) is somebody else's, since this task began"
                .formatted(commit.version(), path, commit.operation()));
      }
    }
  }

  /** Throws where a newer fence than this came after the base. */
  void refuseFenced(Fence fence, OptionalLong base) {
    for (Commit commit : log.since(base.orElse(-1)).commits()) {
      fence.refuse(commit.applications().getOrDefault(fence.application(), -1L));
    }
  }

  /** Whether this fence came after the base. */
  boolean holds(Fence fence, OptionalLong base) {
    return log.since(base.orElse(-1)).commits().stream()
        .anyMatch(
            commit ->
                commit.applications().getOrDefault(fence.application(), -1L) == fence.first());
  }

  private static boolean touches(Commit commit, String job, Slice slice, List<Interval> intervals) {
    if (!(slice instanceof Slice.Span span)) {
      return true;
    }
    if (commit.receipt().filter(receipt -> receipt.job().equals(job)).isPresent()) {
      IntervalSet theirs = commit.receipt().get().intervals();
      return span.times().ranges().stream().anyMatch(theirs::overlaps);
    }
    IntervalColumn column = span.column();
    for (Map<String, String> partition : commit.partitions()) {
      String value = partition.get(column.name());
      if (value == null || span.holds(column.parse(value))) {
        return true;
      }
    }
    return commit.touchesUnknown() || commit.partitions().isEmpty();
  }

  /**
   * The newest version up to the base that holds nothing of this interval and later ones; empty
   * where that is the time before there was a table. What was undone since is as if it had never
   * been.
   */
  OptionalLong before(Job job, long base, Interval first) {
    OptionalLong oldestLater = OptionalLong.empty();
    for (long step = 1; ; step *= 8) {
      long since = Math.max(-1, base - step);
      LogTail tail = log.since(since);
      List<Commit> commits = tail.commits();
      long last = base;
      for (int i = commits.size() - 1; i >= 0 && last >= 0; i--) {
        Commit commit = commits.get(i);
        if (commit.version() > last) {
          continue;
        }
        OptionalLong asAt = putBackTo(commit);
        if (asAt.isPresent()) {
          last = asAt.getAsLong();
          continue;
        }
        Optional<IntervalSet> made = made(commit, job);
        if (made.isEmpty()) {
          continue;
        }
        Interval span = made.get().span().orElseThrow();
        if (!span.to().isAfter(first.from())) {
          return OptionalLong.of(oldestLater.isPresent() ? oldestLater.getAsLong() - 1 : base);
        }
        if (span.from().isBefore(first.from())) {
          throw new TableException(
              "%s: %s was made in one commit with %s, so it can't be taken back alone; make all of it: sluice backfill --select %s --from %s"
                  .formatted(
                      job.name(),
                      job.every().name(first),
                      job.every().name(job.every().at(span.from())),
                      job.name(),
                      job.every().name(job.every().at(span.from()))),
              List.of(first));
        }
        oldestLater = OptionalLong.of(commit.version());
      }
      if (since == -1 || last == -1) {
        if (last >= 0 && tail.gap().isPresent()) {
          throw gone(job, first, tail.gap().get().why());
        }
        return oldestLater.isPresent()
            ? oldestLater.getAsLong() == 0
                ? OptionalLong.empty()
                : OptionalLong.of(oldestLater.getAsLong() - 1)
            : OptionalLong.of(base);
      }
    }
  }

  private static OptionalLong putBackTo(Commit commit) {
    return commit
        .receipt()
        .flatMap(Receipt::undone)
        .map(Undone::version)
        .orElse(OptionalLong.empty());
  }

  /** Where the version from before an interval can't be read any more. */
  static TableException gone(Job job, Interval first, String why) {
    return new TableException(
        "%s: what %s and later intervals did can't be taken back: %s; %s"
            .formatted(job.name(), job.every().name(first), why, TableShape.remake(job)),
        List.of(first));
  }

  private static Optional<IntervalSet> made(Commit commit, Job job) {
    return commit
        .receipt()
        .filter(receipt -> receipt.job().equals(job.name().toString()))
        .map(
            receipt -> IntervalSet.of(receipt.made().stream().map(Receipt.Made::interval).toList()))
        .filter(made -> !made.isEmpty());
  }

  Commit at(long version) {
    return log.since(version - 1).commits().get(0);
  }

  /** The version that this receipt's commit made. */
  long versionOf(Receipt receipt, OptionalLong base) {
    return find(receipt, base)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The commit of attempt %s is not in the log of %s"
                        .formatted(receipt.attempt(), path)));
  }

  /** The version that this receipt's commit made; empty where there is none. */
  OptionalLong find(Receipt receipt, OptionalLong base) {
    List<Commit> commits = log.since(base.orElse(-1)).commits();
    for (int i = commits.size() - 1; i >= 0; i--) {
      Commit commit = commits.get(i);
      if (commit.receipt().filter(found -> found.attempt().equals(receipt.attempt())).isPresent()) {
        return OptionalLong.of(commit.version());
      }
    }
    return OptionalLong.empty();
  }
}
