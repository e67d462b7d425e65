package io.sluice.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query gave.
 *
 * @param rows values as text, numbers, booleans or null, in order of the columns
 * @param more whether there were more rows than asked for
 */
public record Rows(List<String> columns, List<List<@Nullable Object>> rows, boolean more) {
  public Rows {
    columns = List.copyOf(columns);
    List<List<@Nullable Object>> copy = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "A row has %d values for %d columns".formatted(row.size(), columns.size()));
      }
      copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
    }
    rows = Collections.unmodifiableList(copy);
  }
}
