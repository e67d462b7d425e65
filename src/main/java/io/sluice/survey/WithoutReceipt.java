package io.sluice.survey;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.LogGap;
import io.sluice.deltalog.LogTail;
import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.StoredFolder;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Intervals of which the rows are there and no receipt is, because others than Sluice cleaned the
 * table's log. They count as made, by nobody knows what: to make them again without a word would
 * replace rows that somebody may have no source of any more.
 */
record WithoutReceipt(Lake lake) {

  /**
   * What is counted as made; empty where nothing is missing of the log, or nothing is there.
   *
   * @param log of a job that the ledger does not know, with its gap
   * @param made what the ledger knows to be made
   * @param receipts those that it does not know
   * @param now moment of the plan
   */
  Optional<KeptAcceptance> of(
      Job job, LogTail log, IntervalSet made, List<Receipt> receipts, Instant now) {
    Optional<LogGap.Cleaned> gone = log.gap().flatMap(LogGap::cleaned);
    if (gone.isEmpty()) {
      return Optional.empty();
    }
    IntervalSet known = receipts.stream().map(Receipt::intervals).reduce(made, IntervalSet::union);
    Instant at = log.commits().stream().findFirst().map(Commit::at).orElse(now);
    List<Interval> left = there(job, known, now).minus(known).split(job.every());
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new KeptAcceptance(
                "unknown-%s-%d".formatted(job.name(), gone.get().last()),
                job.name(),
                left,
                "",
                "the rows are there, no receipt is: " + log.gap().get().why(),
                at.isBefore(now) ? at : now,
                seen(job, gone.get().last()),
                Map.of()));
  }

  private static Map<TableName, Long> seen(Job job, long version) {
    return Map.of(job.name(), version);
  }

  /** Where rows do not lie by interval, all before the newest receipt is taken to be there. */
  private IntervalSet there(Job job, IntervalSet known, Instant now) {
    if (job.every() == Cadence.NONE) {
      return IntervalSet.of(Interval.ALWAYS);
    }
    IntervalSet due =
        job.schedule().due(now, lake.time()).map(IntervalSet::of).orElse(IntervalSet.EMPTY);
    Optional<String> column =
        job.cutColumn()
            .filter(
                name -> job.shape().partitionBy().stream().findFirst().equals(Optional.of(name)));
    if (column.isPresent()) {
      return due.intersect(partitions(job, column.get()));
    }
    return known
        .span()
        .map(
            span ->
                due.intersect(
                    IntervalSet.of(
                        new Interval(
                            Interval.ALWAYS.from(), job.isOrdered() ? span.from() : span.to()))))
        .orElse(due);
  }

  private IntervalSet partitions(Job job, String column) {
    List<Interval> there = new ArrayList<>();
    for (String name : StoredFolder.at(lake.path(job.name()), lake.spark()).names()) {
      if (name.startsWith(column + "=")) {
        String value =
            URLDecoder.decode(
                name.substring(column.length() + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
        lake.time().partition(value, job.every()).map(job.every()::at).ifPresent(there::add);
      }
    }
    return IntervalSet.of(there);
  }

  /** What a person is told: a line for each span, with the backfill that makes no other again. */
  static List<String> told(Job job, KeptAcceptance counted) {
    return IntervalSet.of(counted.intervals()).ranges().stream()
        .map(span -> told(job, counted, IntervalSet.of(span).split(job.every())))
        .toList();
  }

  private static String told(Job job, KeptAcceptance counted, List<Interval> span) {
    Interval first = span.get(0);
    Interval last = span.get(span.size() - 1);
    return "%1$s %2$s (%3$d): %4$s; counted as made by an unknown definition; where that is wrong: sluice backfill --select %1$s --from %5$s --to %6$s"
        .formatted(
            job.name(),
            job.every().name(first, last),
            span.size(),
            counted.reason(),
            job.every().name(first),
            job.every().name(last));
  }
}
