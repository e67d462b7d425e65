package io.sluice.source.jdbc;

import java.sql.Types;
import java.util.Optional;

/** MariaDB and MySQL. */
record MariaDialect() implements Dialect {
  private static final String TEXT = "CAST(? AS CHAR)";

  /** A number of an expression has no driver's idea of what the column may mean. */
  private static final String NUMBER = "(? + 0)";

  @Override
  public Reading reading(ReceivedColumn column) {
    boolean isSigned = !column.typeName().contains("unsigned") && column.isSigned();
    String name = column.typeName().replace(" unsigned", "");
    return switch (name) {
      // One that drivers take for BOOLEAN, by its display width, may hold any number.
      case "tinyint", "boolean" -> Reading.as("SMALLINT", NUMBER);
      case "bit" ->
          column.precision() > 1
              ? Reading.as("DECIMAL(20,0)", NUMBER)
              : Reading.as("SMALLINT", NUMBER);
      case "smallint" -> Reading.as(isSigned ? "SMALLINT" : "INT");
      case "mediumint" -> Reading.as("INT");
      case "int", "integer" -> Reading.as(isSigned ? "INT" : "BIGINT");
      case "bigint" -> Reading.as(isSigned ? "BIGINT" : "DECIMAL(20,0)");
      case "decimal" -> column.isDecimal() ? Reading.as(column.decimal()) : Reading.text(TEXT);
      // The server rounds a FLOAT to six digits where it is shown as one.
      case "float" -> Reading.as("FLOAT", "(? + 0e0)");
      case "double" -> Reading.AS_IT_IS;
      // Drivers make a DATE of it.
      case "year" -> Reading.as("SMALLINT", NUMBER);
      // By text, for 0000-00-00, which drivers make NULL.
      case "date" -> Reading.byText("DATE", TEXT);
      case "datetime" -> Reading.byText("TIMESTAMP", TEXT);
      case "timestamp" -> Reading.byText("TIMESTAMP", "CONCAT(CAST(? AS CHAR), '+00:00')");
      default -> other(column, name);
    };
  }

  private static Reading other(ReceivedColumn column, String name) {
    if (name.matches(".*(point|linestring|polygon|geometry|geometrycollection)")) {
      return Reading.text("ST_AsText(?)");
    }
    if (Dialect.isBytes(column)) {
      return Reading.as("BINARY");
    }
    if (column.type() == Types.CHAR) {
      // Spark fills up what it takes for text of fixed length: CHAR, ENUM, SET.
      return Reading.text("CONCAT(?)");
    }
    return Dialect.isText(column) ? Reading.as("STRING") : Reading.text(TEXT);
  }

  @Override
  public Optional<ByType> time(ReceivedColumn column) {
    return switch (column.typeName()) {
      case "timestamp" -> Optional.of(ByType.MOMENT_OF_SESSION);
      case "year" -> Optional.empty();
      default -> ByType.of(column);
    };
  }

  @Override
  public Optional<String> quoted(String name) {
    return Optional.of("`" + name.replace("`", "``") + "`");
  }

  @Override
  public Optional<String> greeting() {
    return Optional.of("SET time_zone = '+00:00'");
  }
}
