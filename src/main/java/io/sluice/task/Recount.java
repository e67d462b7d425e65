package io.sluice.task;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.sluice.api.Look;
import io.sluice.api.SourceRows;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.quality.IntervalColumn;
import io.sluice.table.TableRead;
import io.sluice.table.Tables;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Counts rows anew, in a source and in the table that was made from it. */
final class Recount {
  private final SparkSession spark;
  private final Lake lake;
  private final Tables tables;
  private final Feeds feeds;

  Recount(SparkSession spark, Lake lake, Tables tables, Feeds feeds) {
    this.spark = spark;
    this.lake = lake;
    this.tables = tables;
    this.feeds = feeds;
  }

  /**
   * @param job with a source, whose table holds just what that sent
   * @param intervals in order
   * @throws TaskFailure in one line, where they can't be counted
   */
  List<Counted> of(Job job, List<Interval> intervals) {
    SparkSession session = TaskSession.open(spark, lake, job);
    try {
      SourceRead source = SourceRead.seen(job, feeds, session, intervals);
      Map<LocalDateTime, Long> sent = sent(source);
      Map<Interval, Long> written = written(session, job, intervals);
      List<Counted> counts = new ArrayList<>();
      for (Interval interval : intervals) {
        Look look = Optional.ofNullable(source.looks().get(interval)).orElseThrow();
        boolean isKnown =
            look.presence() == Look.Presence.PRESENT || look.presence() == Look.Presence.EMPTY;
        counts.add(
            new Counted(
                interval,
                isKnown
                    ? OptionalLong.of(sent.getOrDefault(interval.from(), 0L))
                    : OptionalLong.empty(),
                written.getOrDefault(interval, 0L),
                isKnown ? "" : look.why()));
      }
      return counts;
    } catch (Exception e) { // Spark throws checked ones without declaring them.
      throw TaskFailure.of(job, e);
    } finally {
      SparkSession.clearActiveSession();
    }
  }

  private static Map<LocalDateTime, Long> sent(SourceRead source) {
    Map<LocalDateTime, Long> counts = new HashMap<>();
    source
        .received(new StructType())
        .rows()
        .groupBy(col(SourceRows.INTERVAL))
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.<LocalDateTime>getAs(0), row.getLong(1)));
    return counts;
  }

  private Map<Interval, Long> written(SparkSession session, Job job, List<Interval> intervals) {
    OptionalLong version = tables.version(lake.path(job.name()));
    if (version.isEmpty()) {
      return Map.of();
    }
    Optional<TableRead.Cut> cut =
        job.cutColumn()
            .filter(column -> job.every() != Cadence.NONE)
            .map(
                column ->
                    new TableRead.Cut(
                        column, intervals.get(0).span(intervals.get(intervals.size() - 1))));
    Dataset<Row> rows =
        tables.read(
            session,
            new TableRead(
                lake.path(job.name()),
                version.getAsLong(),
                cut,
                Optional.empty(),
                job.every().isUtc() ? ZoneOffset.UTC : lake.time().zone()));
    IntervalColumn column = Intervals.column(job, intervals, rows.schema());
    Map<Interval, Long> counts = new HashMap<>();
    rows.groupBy(expr(column.key()))
        .count()
        .collectAsList()
        .forEach(row -> counts.put(column.interval(row.getLong(0)), row.getLong(1)));
    return counts;
  }
}
