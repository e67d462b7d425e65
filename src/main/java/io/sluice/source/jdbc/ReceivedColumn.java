package io.sluice.source.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Locale;

/**
 * What a driver says of a column.
 *
 * @param type of {@link java.sql.Types}
 * @param typeName the database's own, in lower case
 */
record ReceivedColumn(
    String name, int type, String typeName, int precision, int scale, boolean isSigned) {

  static ReceivedColumn of(ResultSetMetaData columns, int at) throws SQLException {
    return new ReceivedColumn(
        columns.getColumnLabel(at),
        columns.getColumnType(at),
        columns.getColumnTypeName(at).toLowerCase(Locale.ROOT),
        columns.getPrecision(at),
        columns.getScale(at),
        columns.isSigned(at));
  }

  /** Whether each value is one of Spark's decimals, of this precision and scale. */
  boolean isDecimal() {
    return precision > 0 && precision <= 38 && scale >= 0 && scale <= precision;
  }

  String decimal() {
    return "DECIMAL(%d,%d)".formatted(precision, scale);
  }
}
