package io.sluice.source.jdbc;

import io.sluice.time.Civil;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
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
  /** ISO text, as SQLite keeps dates: compared as text. */
  TEXT;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MOMENT_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssxxx", Locale.ROOT);

  /** Empty where a column of this type can't tell time. */
  static Optional<ByType> of(ResultSetMetaData columns, int at) throws SQLException {
    String name = columns.getColumnTypeName(at).toLowerCase(Locale.ROOT);
    if (name.equals("timestamptz")
        || name.contains("with time zone")
        || name.equals("datetimeoffset")) {
      return Optional.of(MOMENT);
    }
    return switch (columns.getColumnType(at)) {
      case Types.DATE -> Optional.of(DATE);
      case Types.TIMESTAMP -> Optional.of(CIVIL);
      case Types.TIMESTAMP_WITH_TIMEZONE -> Optional.of(MOMENT);
      case Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR, Types.NVARCHAR, Types.NCHAR ->
          Optional.of(TEXT);
      default -> Optional.empty();
    };
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
      // At midnight the date alone: less than any time of the day, with whatever between.
      case TEXT ->
          "'%s'"
              .formatted(
                  bound.toLocalTime().equals(LocalTime.MIDNIGHT)
                      ? Civil.text(bound)
                      : TIME.format(bound));
    };
  }
}
