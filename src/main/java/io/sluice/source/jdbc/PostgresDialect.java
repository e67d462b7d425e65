package io.sluice.source.jdbc;

import java.util.Map;

/** PostgreSQL. */
record PostgresDialect() implements Dialect {
  private static final String TEXT = "CAST(? AS text)";

  /** Spark's cast passes over what follows a blank after a date. */
  private static final String TIME = "replace(CAST(? AS text), ' BC', 'BC')";

  private static final String JSON = "CAST(to_json(?) AS text)";

  /** Arrays of these; of all others the JSON is kept. */
  private static final Map<String, String> ELEMENTS =
      Map.of(
          "_int2", "SMALLINT",
          "_int4", "INT",
          "_int8", "BIGINT",
          "_float4", "FLOAT",
          "_float8", "DOUBLE",
          "_bool", "BOOLEAN",
          "_text", "STRING",
          "_varchar", "STRING",
          "_uuid", "STRING");

  @Override
  public Reading reading(ReceivedColumn column) {
    String name = column.typeName();
    return switch (name) {
      case "bool", "int2", "int4", "int8", "float4", "float8", "oid", "bytea" -> Reading.AS_IT_IS;
      case "smallserial", "serial", "bigserial" -> Reading.AS_IT_IS;
      case "text", "varchar", "char", "name" -> Reading.as("STRING");
      // Without a length, Spark would fill it up to two billion characters.
      case "bpchar" ->
          column.precision() < Integer.MAX_VALUE ? Reading.as("STRING") : Reading.text(TEXT);
      // By text, for NaN, which Spark's reader fails on.
      case "numeric" ->
          column.isDecimal() ? Reading.byText(column.decimal(), TEXT) : Reading.text(TEXT);
      // How the text of money looks depends on the server's country.
      case "money" -> Reading.text("CAST(CAST(? AS numeric) AS text)");
      // By text, for infinity and years before Christ, of which the reader makes other times.
      case "date" -> Reading.byText("DATE", TIME);
      case "timestamp", "timestamptz" -> Reading.byText("TIMESTAMP", TIME);
      default -> name.startsWith("_") ? array(name) : Reading.text(TEXT);
    };
  }

  private static Reading array(String name) {
    String element = ELEMENTS.get(name);
    return element == null ? Reading.text(JSON) : Reading.byText("ARRAY<" + element + ">", JSON);
  }
}
