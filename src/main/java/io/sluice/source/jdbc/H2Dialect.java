package io.sluice.source.jdbc;

import java.sql.Types;

/** H2. */
record H2Dialect() implements Dialect {
  private static final String TEXT = "CAST(? AS VARCHAR)";

  @Override
  public Reading reading(ReceivedColumn column) {
    String name = column.typeName();
    return switch (column.type()) {
      case Types.BOOLEAN, Types.INTEGER, Types.BIGINT, Types.REAL, Types.DOUBLE -> Reading.AS_IT_IS;
      case Types.TINYINT, Types.SMALLINT -> Reading.as("SMALLINT");
      case Types.DECIMAL, Types.NUMERIC ->
          column.isDecimal() && !name.equals("decfloat")
              ? Reading.as(column.decimal())
              : Reading.text(TEXT);
      case Types.DATE -> Reading.byText("DATE", TEXT);
      // Spark's times end with microseconds.
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
          column.scale() <= 6 ? Reading.byText("TIMESTAMP", TEXT) : Reading.text(TEXT);
      case Types.ARRAY -> Reading.text("CAST(CAST(? AS JSON) AS VARCHAR)");
      case Types.JAVA_OBJECT -> Reading.as("BINARY", "CAST(? AS VARBINARY)");
      default -> {
        if (Dialect.isBytes(column) && !name.equals("uuid")) {
          yield Reading.as("BINARY");
        }
        yield Dialect.isText(column) ? Reading.as("STRING") : Reading.text(TEXT);
      }
    };
  }
}
