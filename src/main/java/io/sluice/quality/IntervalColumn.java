package io.sluice.quality;

import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.SqlTime;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * How SQL tells a row's interval.
 *
 * @param column empty where all rows are of one interval
 * @param one the interval of all rows, where there is no column
 */
public record IntervalColumn(
    Optional<String> column, Type type, Cadence cadence, Optional<Interval> one) {

  /** What can say when a row is. */
  public enum Type {
    DATE,
    TIMESTAMP,
    TIMESTAMP_NTZ
  }

  public IntervalColumn {
    if (column.isEmpty() == one.isEmpty()) {
      throw new IllegalArgumentException(
          "Rows have a column for their interval, or are all of one");
    }
  }

  public static IntervalColumn of(String column, Type type, Cadence cadence) {
    return new IntervalColumn(Optional.of(column), type, cadence, Optional.empty());
  }

  /** All rows belong to this interval. */
  public static IntervalColumn always(Interval interval) {
    return new IntervalColumn(Optional.empty(), Type.DATE, Cadence.NONE, Optional.of(interval));
  }

  /** A BIGINT that is equal for rows of one interval; {@link #interval} knows what it means. */
  public String key() {
    return column.map(name -> "CAST(" + key(Sql.quoted(name)) + " AS BIGINT)").orElse("0L");
  }

  private String key(String name) {
    if (cadence == Cadence.HOUR) {
      return switch (type) {
        case TIMESTAMP -> "floor(unix_micros(" + name + ") / 3600000000)";
        case TIMESTAMP_NTZ -> hours(name);
        case DATE -> hours("CAST(" + name + " AS TIMESTAMP_NTZ)");
      };
    }
    String date = type == Type.DATE ? name : "CAST(" + name + " AS DATE)";
    return switch (cadence) {
      case WEEK -> "unix_date(trunc(" + date + ", 'WEEK'))";
      case MONTH -> "unix_date(trunc(" + date + ", 'MM'))";
      default -> "unix_date(" + date + ")";
    };
  }

  private static String hours(String naive) {
    String since = "(" + naive + " - TIMESTAMP_NTZ '1970-01-01 00:00:00')";
    return "extract(DAY FROM %s) * 24 + extract(HOUR FROM %s)".formatted(since, since);
  }

  /** The interval of a key. */
  public Interval interval(long key) {
    if (one.isPresent()) {
      return one.get();
    }
    LocalDateTime start =
        cadence == Cadence.HOUR
            ? LocalDateTime.ofEpochSecond(key * 3600, 0, ZoneOffset.UTC)
            : LocalDate.ofEpochDay(key).atStartOfDay();
    return cadence.at(start);
  }

  /** A condition: the row lies in the span; NULL where the row does not say. */
  public String within(Interval span) {
    return column
        .map(
            name ->
                "(%s >= %s AND %s < %s)"
                    .formatted(
                        Sql.quoted(name),
                        literal(span.from()),
                        Sql.quoted(name),
                        literal(span.to())))
        .orElse("true");
  }

  private String literal(LocalDateTime time) {
    return switch (type) {
      case DATE -> "DATE '" + time.toLocalDate() + "'";
      case TIMESTAMP -> SqlTime.moment(time, cadence);
      case TIMESTAMP_NTZ -> SqlTime.naive(time);
    };
  }
}
