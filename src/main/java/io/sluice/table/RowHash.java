package io.sluice.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A hash of a row's values in which NULL counts, also where Spark's own leaves it out. */
final class RowHash {
  private RowHash() {}

  /**
   * @param prefix of the columns' names, as {@code t.}; may be empty
   */
  static Column of(String prefix, List<StructField> columns) {
    List<Column> parts = new ArrayList<>();
    for (StructField field : columns) {
      Column value = col(prefix + "`" + field.name() + "`");
      parts.add(hasMap(field.dataType()) ? to_json(struct(value)) : value);
      parts.add(value.isNull());
    }
    return xxhash64(parts.toArray(new Column[0]));
  }

  /**
   * Whether two rows are not the same: value by value, because the hash of an array leaves out what
   * is NULL in it. Maps are compared as text.
   */
  static Column differ(String one, String other, List<StructField> columns) {
    Column differ = lit(false);
    for (StructField field : columns) {
      Column left = comparable(one, field);
      Column right = comparable(other, field);
      differ = differ.or(not(left.eqNullSafe(right)));
    }
    return differ;
  }

  private static Column comparable(String prefix, StructField field) {
    Column value = col(prefix + Columns.quoted(field.name()));
    return hasMap(field.dataType()) ? to_json(struct(value)) : value;
  }

  private static boolean hasMap(DataType type) {
    if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        if (hasMap(field.dataType())) {
          return true;
        }
      }
      return false;
    }
    return type instanceof MapType
        || (type instanceof ArrayType array && hasMap(array.elementType()));
  }
}
