package io.sluice.source.columns;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.sluice.lake.SourceSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * A declared column and how text becomes its value. Text of spaces only is no value; a value that
 * the type can't hold is none, with a fault.
 *
 * @param format of dates and times, where the definition gives one
 * @param json options for what is nested
 */
record TypedColumn(
    String received,
    String name,
    DataType type,
    boolean isTyped,
    Optional<String> format,
    Map<String, String> json) {

  private static final int SHOWN = 100;
  private static final String VALUE = "value";
  private static final String CORRUPT = "corrupt";

  TypedColumn {
    json = Map.copyOf(json);
  }

  static TypedColumn of(SourceSpec.Column column, Map<String, String> given) {
    Map<String, String> options = JsonOptions.of(given);
    DataType type =
        column.type().map(text -> parse(column.received(), text)).orElse(DataTypes.StringType);
    String option =
        type.equals(DataTypes.DateType)
            ? "dateFormat"
            : type.equals(DataTypes.TimestampNTZType) ? "timestampNTZFormat" : "timestampFormat";
    boolean isTime = type.typeName().startsWith("timestamp") || type.equals(DataTypes.DateType);
    return new TypedColumn(
        column.received(),
        column.name(),
        type,
        column.type().isPresent(),
        isTime ? Optional.ofNullable(options.get(option)) : Optional.empty(),
        options);
  }

  private static DataType parse(String column, String text) {
    try {
      return DataType.fromDDL(text);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "columns: %s: '%s' is not a Spark SQL type: write INT, BIGINT, DECIMAL(10,2), DATE, TIMESTAMP, STRING …"
              .formatted(column, text),
          e);
    } catch (Exception e) {
      // fromDDL is Scala and throws checked exceptions without saying so.
      throw new IllegalArgumentException(
          "columns: %s: '%s' is not a Spark SQL type".formatted(column, text), e);
    }
  }

  /** The value, or NULL. */
  Column read(String column, DataType from) {
    if (!isTyped || from.equals(type)) {
      return col(DeclaredColumns.quoted(column));
    }
    boolean isText = from.equals(DataTypes.StringType);
    if (isText && isNested()) {
      return nested(column).getField(VALUE);
    }
    String value = DeclaredColumns.quoted(column);
    if (isText && format.isPresent()) {
      value =
          "try_to_timestamp(%s, '%s')"
              .formatted(value, format.get().replace("\\", "\\\\").replace("'", "\\'"));
    }
    // Only SQL has a cast that answers NULL instead of guessing ('1.5' AS INT) or failing.
    return expr("try_cast(%s AS %s)".formatted(value, type.sql()));
  }

  /** STRING: what is wrong with a value; NULL where nothing is. Empty where nothing can be. */
  Optional<Column> fault(String column, DataType from) {
    if (!isTyped || from.equals(type) || type.equals(DataTypes.StringType)) {
      return Optional.empty();
    }
    Column value = col(DeclaredColumns.quoted(column));
    boolean isText = from.equals(DataTypes.StringType);
    Column isThere = isText ? trim(value).notEqual("") : value.isNotNull();
    Column isNothing = read(column, from).isNull();
    if (isText && isNested()) {
      isNothing = isNothing.or(nested(column).getField(CORRUPT).isNotNull());
    }
    return Optional.of(
        when(
            isThere.and(isNothing),
            concat(
                lit(received + ": '"),
                substring(value.cast(DataTypes.StringType), 1, SHOWN),
                lit("' is not " + article() + type.sql()))));
  }

  /** Inside of an object: only there does Spark tell of a part that it made NULL. */
  private Column nested(String column) {
    Map<String, String> reading = new HashMap<>(json);
    reading.put("columnNameOfCorruptRecord", CORRUPT);
    reading.put("mode", "PERMISSIVE");
    return from_json(
        concat(lit("{\"" + VALUE + "\":"), col(DeclaredColumns.quoted(column)), lit("}")),
        new StructType().add(VALUE, type).add(CORRUPT, DataTypes.StringType),
        reading);
  }

  /** The column where the feed did not send it. */
  Column nothing() {
    return lit(null).cast(type);
  }

  private boolean isNested() {
    return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
  }

  private String article() {
    return "AEIOU".indexOf(type.sql().charAt(0)) >= 0 ? "an " : "a ";
  }
}
