package io.sluice.table;

import static org.apache.spark.sql.functions.expr;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Dates and times as whole numbers that order as they do, days for a DATE and microseconds for all
 * others, without help of the session's time zone.
 */
final class Moments {
  private static final String EPOCH = "TIMESTAMP_NTZ '1970-01-01 00:00:00'";

  private Moments() {}

  /** Number of an SQL expression of this type. */
  static Column number(String sql, DataType type) {
    if (type.equals(DataTypes.DateType)) {
      return expr("cast(unix_date(%s) AS BIGINT)".formatted(sql));
    }
    if (type.equals(DataTypes.TimestampType)) {
      return expr("unix_micros(%s)".formatted(sql));
    }
    return expr(
        ("unix_date(cast(%1$s AS DATE)) * 86400000000L + hour(%1$s) * 3600000000L"
                + " + minute(%1$s) * 60000000L"
                + " + cast(extract(SECOND FROM %1$s) * 1000000 AS BIGINT)")
            .formatted(sql));
  }

  /** The date or time of a number's SQL expression. */
  static Column moment(String sql, DataType type) {
    if (type.equals(DataTypes.DateType)) {
      return expr("date_from_unix_date(cast(%s AS INT))".formatted(sql));
    }
    return type.equals(DataTypes.TimestampType)
        ? expr("timestamp_micros(%s)".formatted(sql))
        : expr(ntzOfMicros(sql));
  }

  static String ntzOfMicros(String micros) {
    return "(%s + make_dt_interval(0, 0, 0, cast(cast(%s AS DECIMAL(20, 0)) / 1000000 AS DECIMAL(18, 6))))"
        .formatted(EPOCH, micros);
  }

  /** Number of a moment on the civil clock of a zone. */
  static long number(LocalDateTime civil, DataType type, ZoneId zone) {
    if (type.equals(DataTypes.DateType)) {
      return civil.toLocalDate().toEpochDay();
    }
    Instant instant =
        civil.atZone(type.equals(DataTypes.TimestampType) ? zone : ZoneOffset.UTC).toInstant();
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
