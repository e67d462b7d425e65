package io.sluice.source.jdbc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts the values between the least and the greatest into parts of equal width. */
record Split(String column, List<String> cuts) {

  private static final LocalDateTime FIRST = LocalDateTime.of(1, 1, 1, 0, 0);
  private static final LocalDateTime LAST = LocalDateTime.of(9999, 12, 31, 0, 0);

  Split {
    cuts = List.copyOf(cuts);
  }

  /**
   * Of a result with two columns, the least value and the greatest.
   *
   * @throws IllegalArgumentException where values of the type can't be cut
   */
  static Split of(String column, ResultSet range, int parts, Dialect dialect, ZoneId zone)
      throws SQLException {
    if (!range.next() || range.getObject(1) == null || range.getObject(2) == null) {
      return new Split(column, List.of());
    }
    int type = range.getMetaData().getColumnType(1);
    switch (type) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.NUMERIC,
          Types.DECIMAL,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE -> {
        return new Split(column, numbers(range.getBigDecimal(1), range.getBigDecimal(2), parts));
      }
      default -> {
        Optional<ByType> time =
            dialect.hasNoTimes()
                ? Optional.empty()
                : dialect
                    .time(ReceivedColumn.of(range.getMetaData(), 1))
                    .filter(t -> t != ByType.TEXT);
        if (time.isEmpty()) {
          throw new IllegalArgumentException(
              "split-by = %s: only numbers, dates and times can be cut into parts"
                  .formatted(column));
        }
        return new Split(
            column,
            times(
                within(range.getTimestamp(1)),
                within(range.getTimestamp(2)),
                parts,
                time.get(),
                zone));
      }
    }
  }

  /** Within the years that every database can write: some have infinite times. */
  private static LocalDateTime within(Timestamp time) {
    LocalDateTime any =
        LocalDateTime.ofInstant(Instant.ofEpochMilli(time.getTime()), ZoneOffset.UTC);
    return any.isBefore(FIRST) ? FIRST : any.isAfter(LAST) ? LAST : any;
  }

  private static List<String> numbers(BigDecimal least, BigDecimal greatest, int parts) {
    BigDecimal width =
        greatest.subtract(least).divide(BigDecimal.valueOf(parts), 10, RoundingMode.HALF_UP);
    List<String> cuts = new ArrayList<>();
    for (int i = 1; i < parts && width.signum() > 0; i++) {
      cuts.add(
          least.add(width.multiply(BigDecimal.valueOf(i))).stripTrailingZeros().toPlainString());
    }
    return cuts;
  }

  private static List<String> times(
      LocalDateTime least, LocalDateTime greatest, int parts, ByType type, ZoneId zone) {
    Duration width = Duration.between(least, greatest).dividedBy(parts);
    List<String> cuts = new ArrayList<>();
    for (int i = 1; i < parts && !width.isZero(); i++) {
      String cut = type.literal(least.plus(width.multipliedBy(i)), zone);
      if (!cuts.contains(cut)) {
        cuts.add(cut);
      }
    }
    return cuts;
  }

  /**
   * One condition a reader; each row meets exactly one.
   *
   * @param column by what name the readers know it
   */
  List<String> conditions(String column) {
    if (cuts.isEmpty()) {
      return List.of("1 = 1");
    }
    List<String> conditions = new ArrayList<>();
    conditions.add("%s < %s OR %s IS NULL".formatted(column, cuts.get(0), column));
    for (int i = 1; i < cuts.size(); i++) {
      conditions.add(
          "%s >= %s AND %s < %s".formatted(column, cuts.get(i - 1), column, cuts.get(i)));
    }
    conditions.add("%s >= %s".formatted(column, cuts.get(cuts.size() - 1)));
    return conditions;
  }
}
