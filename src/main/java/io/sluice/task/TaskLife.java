package io.sluice.task;

import io.sluice.api.Look;
import io.sluice.api.SourceException;
import io.sluice.deltalog.ContentHash;
import io.sluice.deltalog.Receipt;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.quality.Broken;
import io.sluice.table.Fence;
import io.sluice.table.FencedException;
import io.sluice.table.StagedRows;
import io.sluice.table.TableWrite;
import io.sluice.table.Tables;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/**
 * One attempt from its pinned inputs to its commit: read, transform, row rules, stage, table rules,
 * quarantine, publish. Whatever throws on the way leaves nothing behind.
 */
final class TaskLife {
  private static final int MOST_CHECKSUMS = 1000;
  private static final int MOST_HASHES = 500;

  private final Lake lake;
  private final Job job;
  private final Tables tables;
  private final Feeds feeds;
  private final TaskOrder order;
  private final SparkSession spark;
  private final RunningTask running;

  TaskLife(
      Lake lake,
      Tables tables,
      Feeds feeds,
      TaskOrder order,
      SparkSession spark,
      RunningTask running) {
    this.lake = lake;
    this.job = order.job();
    this.tables = tables;
    this.feeds = feeds;
    this.order = order;
    this.spark = spark;
    this.running = running;
  }

  Outcome live() {
    MadeRows made =
        MadeRows.of(lake, tables, feeds, job, spark, order.intervals(), order.rebuild());
    try {
      return publish(made);
    } catch (Exception e) {
      // Spark throws checked exceptions without declaring them.
      RuntimeException failure = e instanceof RuntimeException r ? r : new IllegalStateException(e);
      throw made.source()
          .filter(source -> !isTold(e))
          .flatMap(source -> source.explain(e))
          .<RuntimeException>map(found -> found)
          .orElse(failure);
    }
  }

  /** Whether the failure says itself what it is about, and whether another try may help. */
  private static boolean isTold(Exception failure) {
    return Sign.chain(failure).stream()
        .anyMatch(cause -> cause instanceof SourceException || cause instanceof TaskFailure);
  }

  private Outcome publish(MadeRows made) {
    running.check();
    RuleCheck.check(job, RawRows.stored(made.rows()));
    RuledRows rows = new RuledRows(spark, job, order.intervals(), made.rows());
    StagedRows staged =
        tables.stage(spark, write(made.inputs()), rows.good(new Broken(job.quality().expect())));
    Outcome published;
    try {
      published = judgeAndPublish(made, rows, staged);
    } catch (Throwable e) {
      close(staged).ifPresent(e::addSuppressed);
      throw e;
    }
    return close(staged).map(e -> withLeftovers(published, e)).orElse(published);
  }

  /** Files that can't be removed are read by nobody: they change nothing of what has happened. */
  private static Optional<RuntimeException> close(StagedRows staged) {
    try {
      staged.close();
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  private static Outcome withLeftovers(Outcome outcome, RuntimeException leftovers) {
    if (!(outcome instanceof Outcome.Made made)) {
      return outcome;
    }
    List<String> warnings = new ArrayList<>(made.warnings());
    warnings.add("staged files could not be removed: " + leftovers.getMessage());
    return new Outcome.Made(
        made.receipt(), made.version(), made.looks(), warnings, made.refused(), made.unchanged());
  }

  private Outcome judgeAndPublish(MadeRows made, RuledRows rows, StagedRows staged) {
    PinnedInputs inputs = made.inputs();
    Optional<SourceRead> source = made.source();
    Verdicts verdicts = new Verdicts(job, rows.interval(), rows.tally().value());
    if (!inputs.showMore()) {
      verdicts.refuseOutside();
    }
    running.check();
    Audit audit = new Audit(job, order.intervals(), staged.canLeaveOut());
    audit.add(verdicts.failing());
    audit.add(new TableJudge(job, inputs).violations(staged, rows.interval()));
    running.check();
    Map<Interval, Look> looks = source.map(SourceRead::looks).orElse(Map.of());
    boolean hasTurnedAway = verdicts.hasTurnedAway();
    Receipt receipt;
    try {
      // It may fail after it has committed, too.
      Map<Interval, Long> quarantined = hasTurnedAway ? quarantine(rows) : Map.of();
      audit.add(verdicts.overLimit(quarantined, staged.counts()));
      if (audit.passing().isEmpty()) {
        throw verdicts.refusal(audit.violations());
      }
      if (!audit.leftOut().isEmpty()) {
        leaveOut(audit.leftOut(), staged, quarantined.keySet());
      }
      source.ifPresent(SourceRead::checkUnchanged);
      running.publishes();
      receipt = receipt(made, audit.passing(), looks, staged, quarantined);
      if (!looks.isEmpty() && (receipt.sources().isEmpty() || !feeds.source(job).itemsSayWhen())) {
        KeptItems.of(lake, job).keep(order.attempt(), looks);
      }
    } catch (Throwable e) {
      if (hasTurnedAway) {
        forget(e);
      }
      throw e;
    }
    // A commit that fails may still have been made: then its receipt names what is in quarantine.
    List<String> warnings = new ArrayList<>(made.notes());
    warnings.addAll(verdicts.warnings());
    Publishing publishing =
        new Publishing(
            () -> staged.publish(receipt),
            () -> tables.landed(lake.path(job.name()), receipt, inputs.base()),
            version ->
                new Outcome.Made(
                    receipt,
                    version,
                    looks,
                    warnings,
                    verdicts.refused(audit.violations()),
                    staged.unchanged()),
            failure -> order.title() + ": " + FailureMessage.of(job, failure));
    try {
      return publishing.publish();
    } catch (FencedException e) {
      if (hasTurnedAway) {
        forget(e);
      }
      throw e;
    }
  }

  /** Rows that no receipt names count for nothing; they are gone before there is one. */
  private void leaveOut(List<Interval> intervals, StagedRows staged, Set<Interval> quarantined) {
    staged.leaveOut(intervals);
    List<Interval> away = intervals.stream().filter(quarantined::contains).toList();
    if (!away.isEmpty()) {
      tables.forgetTurnedAway(spark, lake.quarantinePath(job.name()), order.attempt(), away);
    }
  }

  private Map<Interval, Long> quarantine(RuledRows rows) {
    return tables.quarantine(
        spark, lake.quarantinePath(job.name()), order.attempt(), rows.turnedAway());
  }

  private void forget(Throwable failure) {
    // Who is interrupted can't clean up.
    boolean isInterrupted = Thread.interrupted();
    try {
      tables.forget(spark, lake.path(job.name()), lake.quarantinePath(job.name()), order.attempt());
    } catch (Exception e) { // Spark throws checked ones without declaring them.
      // They count for nothing without a receipt; the failure itself is what must be told.
      failure.addSuppressed(e);
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private TableWrite write(PinnedInputs inputs) {
    return new TableWrite(
        job,
        lake.path(job.name()),
        inputs.base(),
        order.intervals(),
        lake.time(),
        order.attempt(),
        order.rebuild(),
        order.token().map(token -> new Fence(job.name().toString(), token)));
  }

  private Receipt receipt(
      MadeRows made,
      List<Interval> published,
      Map<Interval, Look> looks,
      StagedRows staged,
      Map<Interval, Long> quarantined) {
    Map<Interval, Long> written = staged.counts();
    Map<Interval, ContentHash> hashes =
        published.size() <= MOST_HASHES ? staged.hashes() : Map.of();
    return new Receipt(
        lake.name(),
        job.name().toString(),
        order.run(),
        order.attempt(),
        job.fingerprint(),
        made.inputs().reads(),
        published.stream()
            .map(
                interval ->
                    new Receipt.Made(
                        interval,
                        written.getOrDefault(interval, 0L),
                        quarantined.getOrDefault(interval, 0L),
                        Optional.ofNullable(hashes.get(interval))))
            .toList(),
        checksums(published, looks),
        made.asked(),
        order.rebuild(),
        Optional.empty());
  }

  /** A receipt is under 32 KB; of more intervals than this it has none, and the items are kept. */
  private static List<String> checksums(List<Interval> published, Map<Interval, Look> looks) {
    boolean fits = published.size() <= MOST_CHECKSUMS;
    return fits && looks.keySet().containsAll(published)
        ? published.stream().flatMap(i -> checksum(looks, i).stream()).toList()
        : List.of();
  }

  private static Optional<String> checksum(Map<Interval, Look> looks, Interval interval) {
    return Optional.ofNullable(looks.get(interval)).map(Look::checksum);
  }
}
