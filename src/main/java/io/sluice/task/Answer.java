package io.sluice.task;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Rows for people and machines to read.
 *
 * @param rows values as text, {@link Number}, {@link Boolean} or null, in order of the columns
 * @param more whether there were more rows than asked for
 */
public record Answer(List<String> columns, List<List<@Nullable Object>> rows, boolean more) {
  public Answer {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  static Answer of(Dataset<Row> rows, OptionalInt most) {
    List<Row> found =
        most.isPresent() ? rows.takeAsList(most.getAsInt() + 1) : rows.collectAsList();
    boolean more = most.isPresent() && found.size() > most.getAsInt();
    return new Answer(
        Arrays.asList(rows.columns()),
        found.subList(0, more ? most.getAsInt() : found.size()).stream()
            .map(Answer::values)
            .toList(),
        more);
  }

  private static List<@Nullable Object> values(Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(row.isNullAt(i) ? null : value(row.get(i)));
    }
    return Collections.unmodifiableList(values);
  }

  private static Object value(Object value) {
    if (value instanceof BigDecimal || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    return value instanceof Row row ? row.json() : String.valueOf(value);
  }
}
