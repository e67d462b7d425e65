package io.sluice.task;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.lake.Job;
import io.sluice.time.Interval;
import java.util.ArrayList;
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
  private final Source source;
  private final Source.KnownItems known;
  private final Map<Interval, Look> looks;

  private SourceRead(Job job, Source source, Source.KnownItems known, Map<Interval, Look> looks) {
    this.job = job;
    this.source = source;
    this.known = known;
    this.looks = looks;
  }

  /** Looks what there is; fails where an interval can't be made of it. */
  static SourceRead look(Job job, Feeds feeds, List<Interval> intervals) {
    Source source = feeds.source(job);
    Source.KnownItems known = feeds.known(job);
    Map<Interval, Look> looks = new TreeMap<>(source.look(intervals, known));
    SourceRead read = new SourceRead(job, source, known, looks);
    read.refuse(Look.Presence.MISSING, FailureClass.QUALITY, "the source has nothing");
    read.refuse(
        Look.Presence.UNOBTAINABLE, FailureClass.DEFINITE, "the source knows only the present");
    read.refuse(Look.Presence.AWAITED, FailureClass.DEFINITE, "the source has nothing yet");
    return read;
  }

  Map<Interval, Look> looks() {
    return looks;
  }

  /** The rows of just what was seen. */
  Dataset<Row> rows(SparkSession spark) {
    return source.read(spark, looks).rows();
  }

  /** Fails where the source is no longer as it was when it was looked at. */
  void checkUnchanged() {
    Map<Interval, Look> now = source.look(List.copyOf(looks.keySet()), known);
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
