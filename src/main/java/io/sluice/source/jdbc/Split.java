package io.sluice.source.jdbc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts the values between the least and the greatest into parts of equal width. */
record Split(String column, List<String> cuts) {

  Split {
    cuts = List.copyOf(cuts);
  }

  /**
   * Of a result with two columns, the least value and the greatest.
   *
   * @throws IllegalArgumentException where values of the type can't be cut
   */
  static Split of(String column, ResultSet range, int parts, boolean isText, ZoneId zone)
      throws SQLException {
    if (!range.next() || range.getObject(1) == null) {
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
            isText
                ? Optional.empty()
                : ByType.of(range.getMetaData(), 1).filter(t -> t != ByType.TEXT);
        if (time.isEmpty()) {
          throw new IllegalArgumentException(
              "split-by = %s: only numbers, dates and times can be cut into parts"
                  .formatted(column));
        }
        return new Split(
            column,
            times(
                range.getTimestamp(1).toLocalDateTime(),
                range.getTimestamp(2).toLocalDateTime(),
                parts,
                time.get(),
                zone));
      }
    }
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

  /** One condition a reader; each row meets exactly one. */
  List<String> conditions() {
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
