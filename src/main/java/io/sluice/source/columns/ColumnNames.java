package io.sluice.source.columns;

import io.sluice.api.SourceRows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a table can't have as the name of a column. */
final class ColumnNames {

  private static final String FORBIDDEN = " ,;{}()\n\t=";
  private static final Set<String> OURS =
      Set.of(
          SourceRows.INTERVAL,
          SourceRows.SOURCE,
          SourceRows.RECEIVED_AT,
          SourceRows.REJECTED,
          SourceRows.RAW);

  private ColumnNames() {}

  /** Throws one exception for all names that can't be. */
  static void check(List<String> names, List<String> received, String from, String where) {
    if (received.stream().anyMatch(ColumnNames::isNoText)) {
      throw new ColumnsException(
          "%s: source: %s does not begin with text; is it compressed, of another format, or in another encoding? Correct the file, or source.format and source.options"
              .formatted(where, from));
    }
    List<String> wrong = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String key = name.toLowerCase(Locale.ROOT);
      if (name.isEmpty() || name.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0)) {
        wrong.add(
            "'%s' has a character that a table's column can't have".formatted(received.get(i)));
      } else if (OURS.contains(key)) {
        wrong.add("'%s' is a name that Sluice keeps for itself".formatted(received.get(i)));
      } else if (!seen.add(key)) {
        wrong.add("'%s' is there twice".formatted(received.get(i)));
      }
    }
    if (!wrong.isEmpty()) {
      String first = wrong.get(0);
      String example = first.substring(first.indexOf('\''), first.indexOf('\'', 1) + 1);
      throw new ColumnsException(
          "%s: source: columns of %s: %s; give another name in columns, as in columns { \"%s\" = { name = %s } }"
              .formatted(
                  where,
                  from,
                  String.join(", ", wrong),
                  example.replace("'", ""),
                  example
                      .toLowerCase(Locale.ROOT)
                      .replaceAll("[^a-z0-9]+", "_")
                      .replaceAll("^_|_$", "")));
    }
  }

  /** Bytes that are no characters, or control characters. */
  static boolean isNoText(String name) {
    return name.chars().anyMatch(c -> c == '\uFFFD' || c < ' ' && c != '\t' && c != '\n');
  }
}
