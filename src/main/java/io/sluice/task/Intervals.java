package io.sluice.task;

import static org.apache.spark.sql.functions.expr;

import io.sluice.lake.Job;
import io.sluice.quality.IntervalColumn;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.SqlTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** How the rows of a task tell their interval. */
final class Intervals {
  private Intervals() {}

  static IntervalColumn column(Job job, List<Interval> intervals, StructType schema) {
    if (job.every() == Cadence.NONE) {
      return IntervalColumn.always(Interval.ALWAYS);
    }
    Optional<String> name = job.shape().intervalBy();
    if (name.isEmpty()) {
      if (intervals.size() == 1) {
        return IntervalColumn.always(intervals.get(0));
      }
      throw TaskFailure.definite(
          "%s: no column says which %s a row belongs to; set `partition-by` or `interval-by`"
              .formatted(job.origin(), job.every().word()));
    }
    StructField field =
        Arrays.stream(schema.fields())
            .filter(candidate -> candidate.name().equalsIgnoreCase(name.get()))
            .findFirst()
            .orElseThrow(
                () ->
                    TaskFailure.definite(
                        "%s: the rows have no column %s, which says which %s they belong to; select it"
                            .formatted(job.origin(), name.get(), job.every().word()),
                        Blame.COLUMNS));
    return IntervalColumn.of(field.name(), type(job, field), job.every());
  }

  private static IntervalColumn.Type type(Job job, StructField field) {
    DataType type = field.dataType();
    if (type.equals(DataTypes.TimestampType)) {
      return IntervalColumn.Type.TIMESTAMP;
    }
    if (type.equals(DataTypes.TimestampNTZType)) {
      return IntervalColumn.Type.TIMESTAMP_NTZ;
    }
    if (type.equals(DataTypes.DateType) && job.every() != Cadence.HOUR) {
      return IntervalColumn.Type.DATE;
    }
    String wanted = job.every() == Cadence.HOUR ? "TIMESTAMP" : "DATE or TIMESTAMP";
    throw TaskFailure.definite(
        "%s: column %s says which %s a row belongs to, but is %s; make it a %s%s"
            .formatted(
                job.origin(),
                field.name(),
                job.every().word(),
                type.sql(),
                wanted,
                job.making() instanceof io.sluice.lake.Making.FromSource
                    ? " by declaring it in `columns`"
                    : ", CAST(%s AS %s)".formatted(field.name(), SqlTime.type(job.every()))),
        Blame.COLUMNS);
  }

  /** TIMESTAMP_NTZ start of the interval whose key is in the column {@code interval_key}. */
  static Column start(IntervalColumn interval) {
    return interval
        .one()
        .map(one -> expr(SqlTime.naive(one.from())))
        .orElseGet(() -> expr(start(interval.cadence())));
  }

  static Column end(IntervalColumn interval) {
    return interval
        .one()
        .map(one -> expr(SqlTime.naive(one.to())))
        .orElseGet(() -> expr(start(interval.cadence()) + " + " + length(interval.cadence())));
  }

  private static String start(Cadence cadence) {
    return cadence.isUtc()
        ? "(TIMESTAMP_NTZ '1970-01-01 00:00:00' + make_dt_interval(0, CAST(interval_key AS INT)))"
        : "CAST(date_from_unix_date(CAST(interval_key AS INT)) AS TIMESTAMP_NTZ)";
  }

  private static String length(Cadence cadence) {
    return switch (cadence) {
      case HOUR -> "INTERVAL 1 HOUR";
      case WEEK -> "INTERVAL 7 DAYS";
      case MONTH -> "INTERVAL 1 MONTH";
      default -> "INTERVAL 1 DAY";
    };
  }
}
