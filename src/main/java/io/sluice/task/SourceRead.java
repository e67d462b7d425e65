package io.sluice.task;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.SourceException;
import io.sluice.api.SourceRows;
import io.sluice.lake.Job;
import io.sluice.source.SourceCheck;
import io.sluice.source.landing.FileFailures;
import io.sluice.table.TableException;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A raw job's look at its sources, and the rows of just what was seen. */
final class SourceRead {
  private final Job job;
  private final Source source;
  private final Map<Interval, Look> looks;
  private final SparkSession spark;

  private SourceRead(Job job, Source source, Map<Interval, Look> looks, SparkSession spark) {
    this.job = job;
    this.source = source;
    this.looks = looks;
    this.spark = spark;
  }

  /** Looks what there is; fails where an interval can't be made of it. */
  static SourceRead look(Job job, Feeds feeds, SparkSession spark, List<Interval> intervals) {
    SourceRead read = seen(job, feeds, spark, intervals);
    read.refuse(Look.Presence.MISSING, FailureClass.QUALITY, "the source has nothing");
    read.refuse(
        Look.Presence.UNOBTAINABLE, FailureClass.DEFINITE, "the source knows only the present");
    read.refuse(Look.Presence.AWAITED, FailureClass.DEFINITE, "the source has nothing yet");
    return read;
  }

  /** Looks what there is, be it nothing. */
  static SourceRead seen(Job job, Feeds feeds, SparkSession spark, List<Interval> intervals) {
    Source source = feeds.source(job);
    Map<Interval, Look> looks = new TreeMap<>(source.look(intervals, feeds.known(job)));
    return new SourceRead(job, source, looks, spark);
  }

  Map<Interval, Look> looks() {
    return looks;
  }

  /**
   * The rows of just what was seen.
   *
   * @param table the columns that came from sources before
   */
  SourceRows received(StructType table) {
    return source.read(spark, looks, table);
  }

  /** What was seen of one interval. */
  SourceRows received(Interval interval, StructType table) {
    return source.read(
        spark,
        Optional.ofNullable(looks.get(interval)).map(look -> Map.of(interval, look)).orElseThrow(),
        table);
  }

  /** The intervals that the source has something for, in order. */
  List<Interval> sending() {
    return looks.entrySet().stream()
        .filter(look -> look.getValue().presence() == Look.Presence.PRESENT)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The first piece of what was seen of an interval; empty where a source has none. */
  Optional<String> firstItem(Interval interval) {
    return Optional.ofNullable(looks.get(interval))
        .flatMap(look -> look.items().stream().findFirst())
        .map(Look.Item::id);
  }

  /** Fails, to be tried again, where the source is no longer as it was when it was looked at. */
  void checkUnchanged() {
    SourceCheck.unchanged(source, looks);
  }

  /** What of the source a failure is about; empty where that is not known, or said already. */
  Optional<SourceException> explain(Throwable failure) {
    boolean isSaid =
        Sign.chain(failure).stream()
            .anyMatch(
                cause ->
                    cause instanceof TaskFailure
                        || cause instanceof SourceException
                        || cause instanceof TableException);
    return isSaid
        ? Optional.empty()
        : source.explain(failure, looks).or(() -> FileFailures.explain(failure, looks, spark));
  }

  private void refuse(Look.Presence presence, FailureClass kind, String what) {
    List<Interval> culprits = new ArrayList<>();
    List<String> why = new ArrayList<>();
    looks.forEach(
        (interval, look) -> {
          if (look.presence() == presence) {
            culprits.add(interval);
            why.add(look.why());
          }
        });
    if (!culprits.isEmpty()) {
      throw new TaskFailure(
          kind, "%s for %s: %s".formatted(what, named(culprits), why.get(0)), culprits);
    }
  }

  private String named(List<Interval> intervals) {
    String first = job.every().name(intervals.get(0));
    return intervals.size() == 1 ? first : first + " and %d more".formatted(intervals.size() - 1);
  }
}
