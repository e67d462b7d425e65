package io.sluice.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A column of dates or times, read by a civil clock.
 *
 * @param of alias of the table and a dot; empty for none
 * @param type DATE, TIMESTAMP or TIMESTAMP_NTZ
 * @param zone of the clock by which a TIMESTAMP is read
 */
record IntervalColumn(String of, String name, DataType type, ZoneId zone) {
  private static final DateTimeFormatter SPACED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]");

  IntervalColumn {
    if (!isTime(type)) {
      throw TableException.ofColumns(
          "Column %s says which interval a row belongs to, but is %s: make it a DATE or TIMESTAMP"
              .formatted(name, type.sql()));
    }
  }

  IntervalColumn(String name, DataType type, ZoneId zone) {
    this("", name, type, zone);
  }

  /** The same column of an aliased table. */
  IntervalColumn in(String alias) {
    return new IntervalColumn(alias + ".", name, type, zone);
  }

  static boolean isTime(DataType type) {
    return type.equals(DataTypes.DateType)
        || type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.TimestampNTZType);
  }

  /** The rows of a half-open span. */
  Column within(Interval span) {
    return column().geq(literal(span.from())).and(column().lt(literal(span.to())));
  }

  /** The same as SQL text, which says the same in every session. */
  String sqlWithin(Interval span) {
    return "%s >= %s AND %s < %s"
        .formatted(quoted(), sqlLiteral(span.from()), quoted(), sqlLiteral(span.to()));
  }

  /** A date is before a moment within its day. */
  Column before(LocalDateTime moment) {
    return column().lt(literal(ceiling(moment)));
  }

  Column literal(LocalDateTime moment) {
    if (type.equals(DataTypes.DateType)) {
      return lit(ceiling(moment).toLocalDate());
    }
    return type.equals(DataTypes.TimestampType)
        ? lit(moment.atZone(zone).toInstant())
        : lit(moment);
  }

  /** The start of the row's interval, as TIMESTAMP_NTZ on the civil clock. */
  Column start(Cadence cadence) {
    String day = "cast(%s AS DATE)".formatted(civil());
    return switch (cadence) {
      case HOUR ->
          expr("cast(%s AS TIMESTAMP_NTZ) + make_dt_interval(0, hour(%s))".formatted(day, civil()));
      case DAY -> expr("cast(%s AS TIMESTAMP_NTZ)".formatted(day));
      case WEEK, MONTH ->
          expr("cast(trunc(%s, '%s') AS TIMESTAMP_NTZ)".formatted(day, cadence.name()));
      case NONE -> lit(Interval.ALWAYS.from());
    };
  }

  /** The moment on the civil clock, whatever the session's zone. */
  private String civil() {
    if (!type.equals(DataTypes.TimestampType)) {
      return quoted();
    }
    String utc = Moments.ntzOfMicros("unix_micros(%s)".formatted(quoted()));
    return zone.equals(ZoneOffset.UTC)
        ? utc
        : "convert_timezone('UTC', '%s', %s)".formatted(zone.getId(), utc);
  }

  /** What a partition's folder says; a moment on the civil clock. */
  LocalDateTime parse(String text) {
    if (type.equals(DataTypes.DateType)) {
      return LocalDate.parse(text).atStartOfDay();
    }
    if (text.endsWith("Z")) {
      return LocalDateTime.ofInstant(Instant.parse(text), zone);
    }
    LocalDateTime written = LocalDateTime.parse(text, SPACED);
    return type.equals(DataTypes.TimestampType)
        ? LocalDateTime.ofInstant(written.toInstant(ZoneOffset.UTC), zone)
        : written;
  }

  private Column column() {
    return col(quoted());
  }

  private String quoted() {
    return of + Columns.quoted(name);
  }

  private String sqlLiteral(LocalDateTime moment) {
    if (type.equals(DataTypes.DateType)) {
      return "DATE '%s'".formatted(ceiling(moment).toLocalDate());
    }
    return type.equals(DataTypes.TimestampType)
        ? "TIMESTAMP '%s'".formatted(moment.atZone(zone).toInstant())
        : "TIMESTAMP_NTZ '%s'".formatted(moment);
  }

  /** Of a DATE column: the first date whose start is not before the moment. */
  private LocalDateTime ceiling(LocalDateTime moment) {
    if (!type.equals(DataTypes.DateType)) {
      return moment;
    }
    LocalDateTime day = moment.toLocalDate().atStartOfDay();
    return day.equals(moment) ? day : day.plusDays(1);
  }
}
