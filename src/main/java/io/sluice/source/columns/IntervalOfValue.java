package io.sluice.source.columns;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;

/** Tells a row's interval by a value of it. */
public record IntervalOfValue(Cadence every, List<Interval> intervals) {

  public IntervalOfValue {
    intervals = List.copyOf(intervals);
  }

  /**
   * Start of the interval, TIMESTAMP_NTZ on the job's civil clock; the session is the lake's.
   *
   * @param bound how the interval's start is written, where the value is a text: it may be no time
   */
  public Column start(String column, Optional<Function<Interval, String>> bound) {
    Column first = lit(intervals.get(0).from());
    if (intervals.size() == 1) {
      return first;
    }
    String value = value(column);
    Column start =
        switch (every) {
          case NONE -> first;
          case HOUR -> hour(value);
          case DAY -> expr("CAST(CAST(%s AS DATE) AS TIMESTAMP_NTZ)".formatted(value));
          case WEEK ->
              expr(
                  "CAST(date_sub(CAST(%s AS DATE), weekday(CAST(%s AS DATE))) AS TIMESTAMP_NTZ)"
                      .formatted(value, value));
          case MONTH ->
              expr("CAST(trunc(CAST(%s AS DATE), 'MM') AS TIMESTAMP_NTZ)".formatted(value));
        };
    // Hours are of moments; all else is of texts where the database has compared them.
    return bound
        .map(
            text ->
                every == Cadence.HOUR
                    ? coalesce(start, startOfText(column, text))
                    : startOfText(column, text))
        .orElse(start);
  }

  /** As the database compared it, be it a time or none. */
  private Column startOfText(String column, Function<Interval, String> bound) {
    Column text = col(DeclaredColumns.quoted(column)).cast("string");
    Column start = when(lit(false), lit(intervals.get(0).from()));
    for (int i = intervals.size() - 1; i > 0; i--) {
      Interval interval = intervals.get(i);
      start = start.when(text.geq(bound.apply(interval)), lit(interval.from()));
    }
    return start.otherwise(lit(intervals.get(0).from()));
  }

  /**
   * Whether a row that was read belongs here, where that is not sure: in autumn a civil time may be
   * in two hours, and is in the first.
   *
   * @param isCivil whether the value has no zone
   */
  public Optional<Column> isOwn(String column, boolean isCivil) {
    boolean isSure = every != Cadence.HOUR || !isCivil;
    return isSure
        ? Optional.empty()
        : Optional.of(hour(value(column)).geq(lit(intervals.get(0).from())));
  }

  /** By the moment, not the civil time, which one night of the year has an hour twice. */
  private static Column hour(String value) {
    return expr(
        "TIMESTAMP_NTZ '1970-01-01 00:00:00' + make_dt_interval(0, CAST(floor(unix_seconds(CAST(%s AS TIMESTAMP)) / 3600) AS INT))"
            .formatted(value));
  }

  /** STRING: why a text does not tell the interval; NULL where it does. */
  public Column faultOfText(String column) {
    return when(
        expr(value(column)).isNull(),
        concat(lit(column + ": '"), col(DeclaredColumns.quoted(column)), lit("' is not a time")));
  }

  /** Values that were received as text are as good as others. */
  private static String value(String column) {
    return "try_cast(%s AS TIMESTAMP)".formatted(DeclaredColumns.quoted(column));
  }
}
