package io.sluice.source.jdbc;

import java.sql.Types;
import java.util.Optional;

/**
 * SQLite, where a column may hold values of any type, whatever it is declared as; the driver makes
 * 0 of a text in a column of numbers, and an INT of each INTEGER.
 */
record SqliteDialect() implements Dialect {
  /** With all digits of a floating number, of which a CAST shows fifteen. */
  private static final String TEXT =
      "CASE WHEN typeof(?) = 'real' AND CAST(CAST(? AS TEXT) AS REAL) <> ? THEN printf('%!.17g', ?) ELSE CAST(? AS TEXT) END";

  @Override
  public Reading reading(ReceivedColumn column) {
    return switch (column.type()) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
          Reading.byText("BIGINT", TEXT);
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> Reading.byText("DOUBLE", TEXT);
      case Types.BLOB -> Reading.as("BINARY");
      default -> Reading.text(TEXT);
    };
  }

  /** There are no types of time; the driver guesses at declared ones and fails on other forms. */
  @Override
  public Optional<ByType> time(ReceivedColumn column) {
    return ByType.of(column).isPresent() || column.type() == Types.NUMERIC
        ? Optional.of(ByType.TEXT)
        : Optional.empty();
  }

  @Override
  public boolean hasNoTimes() {
    return true;
  }
}
