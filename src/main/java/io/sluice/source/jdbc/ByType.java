package io.sluice.source.jdbc;

import io.sluice.time.Civil;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** What a database means by a value that tells time, and how a bound for it is written. */
enum ByType {
  /** A day of the civil calendar. */
  DATE,
  /** A civil time without zone: the lake's. */
  CIVIL,
  /** A moment. */
  MOMENT,
  /** A moment that the session shows on its own clock, which is UTC. */
  MOMENT_OF_SESSION,
  /** ISO text, as SQLite keeps dates: compared as text. */
  TEXT;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MOMENT_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssxxx", Locale.ROOT);

  /** Empty where a column of this type can't tell time. */
  static Optional<ByType> of(ReceivedColumn column) {
    String name = column.typeName();
    boolean isTimeOfDay = column.type() == Types.TIME || column.type() == Types.TIME_WITH_TIMEZONE;
    if (!isTimeOfDay
        && (name.equals("timestamptz")
            || name.contains("with time zone")
            || name.equals("datetimeoffset"))) {
      return Optional.of(MOMENT);
    }
    return switch (column.type()) {
      case Types.DATE -> Optional.of(DATE);
      case Types.TIMESTAMP -> Optional.of(CIVIL);
      case Types.TIMESTAMP_WITH_TIMEZONE -> Optional.of(MOMENT);
      case Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR, Types.NVARCHAR, Types.NCHAR ->
          Optional.of(TEXT);
      default -> Optional.empty();
    };
  }

  boolean isMoment() {
    return this == MOMENT || this == MOMENT_OF_SESSION;
  }

  /**
   * A literal that most databases take.
   *
   * @param bound on the lake's civil clock
   */
  String literal(LocalDateTime bound, ZoneId zone) {
    return switch (this) {
      case DATE -> "{d '%s'}".formatted(bound.toLocalDate());
      case CIVIL -> "{ts '%s'}".formatted(TIME.format(bound));
      case MOMENT -> "'%s'".formatted(MOMENT_TIME.format(bound.atZone(zone)));
      case MOMENT_OF_SESSION ->
          "{ts '%s'}"
              .formatted(TIME.format(bound.atZone(zone).withZoneSameInstant(ZoneOffset.UTC)));
      case TEXT -> "'%s'".formatted(text(bound));
    };
  }

  /** At midnight the date alone: less than any time of the day, with whatever between. */
  static String text(LocalDateTime bound) {
    return bound.toLocalTime().equals(LocalTime.MIDNIGHT) ? Civil.text(bound) : TIME.format(bound);
  }
}
