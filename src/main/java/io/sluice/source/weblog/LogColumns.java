package io.sluice.source.weblog;

import io.sluice.lake.logs.LogForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of a log's table, in the order in which they were asked for. */
final class LogColumns {

  /** What every log has, or would like to have. */
  static final List<String> USUAL =
      List.of(
          "client",
          "user",
          "time",
          "method",
          "path",
          "query",
          "protocol",
          "status",
          "bytes",
          "referer",
          "agent");

  private static final Map<String, DataType> TYPES =
      Map.of(
          "time",
          DataTypes.TimestampType,
          "status",
          DataTypes.IntegerType,
          "bytes",
          DataTypes.LongType);

  private final List<String> names = new ArrayList<>();

  static LogColumns of(LogForm form) {
    LogColumns columns = new LogColumns();
    form.columns().forEach(columns::add);
    return columns;
  }

  int add(String name) {
    names.add(name);
    return names.size() - 1;
  }

  int of(String name) {
    int index = names.indexOf(name);
    return index < 0 ? add(name) : index;
  }

  StructType schema() {
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, TYPES.getOrDefault(name, DataTypes.StringType));
    }
    return schema;
  }
}
