package io.sluice.time;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** Civil times as SQL literals: DATE for days, weeks and months, TIMESTAMP for hours. */
public final class SqlTime {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private SqlTime() {}

  public static String type(Cadence cadence) {
    return cadence.isUtc() ? "TIMESTAMP" : "DATE";
  }

  /** A literal of {@link #type}; that of an hour means the same moment in every session zone. */
  public static String literal(LocalDateTime time, Cadence cadence) {
    return cadence.isUtc()
        ? "TIMESTAMP '" + MOMENT.format(time) + "Z'"
        : "DATE '" + time.toLocalDate() + "'";
  }

  /** A TIMESTAMP_NTZ literal. */
  public static String naive(LocalDateTime time) {
    return "TIMESTAMP_NTZ '" + MOMENT.format(time) + "'";
  }

  /** A TIMESTAMP literal on the clock of the cadence; the session's zone is the lake's. */
  public static String moment(LocalDateTime time, Cadence cadence) {
    return "TIMESTAMP '" + MOMENT.format(time) + (cadence.isUtc() ? "Z'" : "'");
  }
}
