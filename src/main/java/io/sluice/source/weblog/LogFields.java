package io.sluice.source.weblog;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Columns of logs whose lines or headers name their values: the usual ones, those that a definition
 * declares, and one for the rest.
 *
 * @param values by the name that a log has for them, in small letters
 * @param columns the table's
 * @param rest index of the column for what no other is for
 */
record LogFields(HashMap<String, Field> values, StructType columns, int rest)
    implements Serializable {

  /**
   * @param into the columns that the value fills
   */
  record Field(LogValue value, ArrayList<Integer> into) implements Serializable {

    /** Whether no other value of the line is there already. */
    boolean isFree(@Nullable Object[] row) {
      return into.stream().allMatch(column -> row[column] == null);
    }
  }

  /** JSON: what has no column of its own. */
  static final String REST = "_rescued";

  /**
   * @param names by the log's name: the usual column that its value is for, or {@code request}
   * @param declared names of further values that get a column of text
   * @param zone of times that say none
   */
  static LogFields of(Map<String, String> names, List<String> declared, String zone) {
    LogColumns columns = new LogColumns();
    LogColumns.USUAL.forEach(columns::add);
    HashMap<String, Field> values = new HashMap<>();
    names.forEach(
        (name, column) -> values.put(name.toLowerCase(Locale.ROOT), usual(column, columns, zone)));
    for (String name : new ArrayList<>(declared)) {
      if (!LogColumns.USUAL.contains(name)) {
        values.put(name.toLowerCase(Locale.ROOT), text(columns.add(name)));
      }
    }
    int rest = columns.add(REST);
    return new LogFields(values, columns.schema(), rest);
  }

  private static Field usual(String column, LogColumns columns, String zone) {
    int path = columns.of("path");
    int query = columns.of("query");
    switch (column) {
      case "time":
        int time = columns.of("time");
        return field(LogValue.time(time, new AnyTime(zone)), time);
      case "status":
        int status = columns.of("status");
        return field(LogValue.number(status, "status", true), status);
      case "bytes":
        int bytes = columns.of("bytes");
        return field(LogValue.number(bytes, "bytes", false), bytes);
      case "target":
        return field(LogValue.target(path, query), path, query);
      case "request":
        int method = columns.of("method");
        int protocol = columns.of("protocol");
        return field(new Request(method, path, query, protocol), method, path, query, protocol);
      default:
        return text(columns.of(column));
    }
  }

  private static Field text(int column) {
    return field(LogValue.text(column), column);
  }

  private static Field field(LogValue value, Integer... into) {
    return new Field(value, new ArrayList<>(List.of(into)));
  }

  Optional<Field> of(String name) {
    return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Whatever of the known forms it is in. */
  private record AnyTime(String zone) implements LogTime {
    @Override
    public long micros(byte[] line, int from, int to) {
      long common = COMMON.micros(line, from, to);
      if (common != NONE) {
        return common;
      }
      long iso = new Iso(zone).micros(line, from, to);
      return iso != NONE ? iso : new Epoch().micros(line, from, to);
    }

    @Override
    public String example() {
      return "a time in a known form: ISO 8601, 17/May/2015:10:05:03 +0000, or seconds since 1970";
    }
  }
}
