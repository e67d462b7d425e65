package io.sluice.task;

import io.sluice.api.Look;
import io.sluice.api.SourceRows;
import io.sluice.lake.Job;
import io.sluice.lake.SourceSpec;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** A raw job's look at its sources, and the rows of just what was seen. */
final class SourceRead {
  private final Job job;
  private final Feeds feeds;
  private final Map<SourceSpec, List<Interval>> parts;
  private final Map<Interval, Look> looks;

  private SourceRead(
      Job job, Feeds feeds, Map<SourceSpec, List<Interval>> parts, Map<Interval, Look> looks) {
    this.job = job;
    this.feeds = feeds;
    this.parts = parts;
    this.looks = looks;
  }

  /** Looks what there is; fails where an interval can't be made of it. */
  static SourceRead look(Job job, List<SourceSpec> specs, Feeds feeds, List<Interval> intervals) {
    Map<SourceSpec, List<Interval>> parts = new LinkedHashMap<>();
    for (Interval interval : intervals) {
      SourceSpec spec =
          specs.stream()
              .filter(candidate -> candidate.span().overlaps(interval))
              .findFirst()
              .orElseThrow(
                  () ->
                      new TaskFailure(
                          FailureClass.DEFINITE,
                          "%s: no source is declared for %s; add one, or end the gap with `start` and `end`"
                              .formatted(job.origin(), job.every().name(interval)),
                          List.of(interval)));
      parts.computeIfAbsent(spec, key -> new ArrayList<>()).add(interval);
    }
    SourceRead read = new SourceRead(job, feeds, parts, looked(job, feeds, parts));
    read.refuse(Look.Presence.MISSING, FailureClass.QUALITY, "the source has nothing");
    read.refuse(
        Look.Presence.UNOBTAINABLE, FailureClass.DEFINITE, "the source knows only the present");
    read.refuse(Look.Presence.AWAITED, FailureClass.DEFINITE, "the source has nothing yet");
    return read;
  }

  private static Map<Interval, Look> looked(
      Job job, Feeds feeds, Map<SourceSpec, List<Interval>> parts) {
    Map<Interval, Look> looks = new TreeMap<>();
    parts.forEach(
        (spec, intervals) ->
            looks.putAll(feeds.source(job, spec).look(intervals, feeds.known(job))));
    return looks;
  }

  Map<Interval, Look> looks() {
    return looks;
  }

  /** The rows of all parts; a feed that changed its columns gives NULL where it has none. */
  Dataset<Row> rows(SparkSession spark) {
    List<Dataset<Row>> rows = new ArrayList<>();
    parts.forEach(
        (spec, intervals) -> {
          Map<Interval, Look> own = new TreeMap<>(looks);
          own.keySet().retainAll(intervals);
          SourceRows received = feeds.source(job, spec).read(spark, own);
          rows.add(received.rows());
        });
    return rows.stream().reduce((a, b) -> a.unionByName(b, true)).orElseThrow();
  }

  /** Fails where the source is no longer as it was when it was looked at. */
  void checkUnchanged() {
    Map<Interval, Look> now = looked(job, feeds, parts);
    List<Interval> changed =
        looks.entrySet().stream()
            .filter(seen -> !seen.getValue().items().equals(items(now.get(seen.getKey()))))
            .map(Map.Entry::getKey)
            .toList();
    if (!changed.isEmpty()) {
      throw new TaskFailure(
          FailureClass.TRANSIENT,
          "the source changed while it was read (%s); it is read again".formatted(named(changed)),
          changed);
    }
  }

  private static List<Look.Item> items(@Nullable Look look) {
    return look == null ? List.of() : look.items();
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
