package io.sluice.table;

import io.sluice.lake.Job;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns by name, whatever their case and the characters in it. */
final class Columns {
  private Columns() {}

  static Column column(String name) {
    return functions.col(quoted(name));
  }

  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  static Column[] columns(StructType fields) {
    return columns(List.of(fields.fieldNames())).toArray(new Column[0]);
  }

  static List<Column> columns(List<String> names) {
    return names.stream().map(Columns::column).toList();
  }

  static Column struct(StructType fields) {
    return functions.struct(columns(fields));
  }

  /** Those of the rows that are named, in the order of the names. */
  static StructType named(Job job, StructType rows, List<String> names, String what) {
    StructType found = new StructType();
    for (String name : names) {
      found =
          found.add(
              TableShape.find(rows, name)
                  .orElseThrow(
                      () ->
                          TableShape.refused(
                              job,
                              "column %s of %s is not made: select it".formatted(name, what))));
    }
    return found;
  }

  static StructType without(StructType fields, StructType others) {
    List<StructField> left = new ArrayList<>();
    for (StructField field : fields.fields()) {
      if (TableShape.find(others, field.name()).isEmpty()) {
        left.add(field);
      }
    }
    return new StructType(left.toArray(new StructField[0]));
  }
}
