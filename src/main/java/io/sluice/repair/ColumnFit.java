package io.sluice.repair;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether old rows of a table fit into the columns that it has now. */
final class ColumnFit {
  private static final List<String> INTEGERS = List.of("TINYINT", "SMALLINT", "INT", "BIGINT");
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");

  private ColumnFit() {}

  /** Whether the rows of one version do at another; where that is not told, they do not. */
  static boolean fits(UndoHistory history, long old, long now) {
    if (!history.changesColumnsAfter(old)) {
      return true;
    }
    Optional<Map<String, String>> then = history.columnsAt(old);
    Optional<Map<String, String>> here = history.columnsAt(now);
    return then.isPresent() && here.isPresent() && fits(then.get(), here.get());
  }

  /** Whether each old column is there, and its type holds all values of the old one. */
  static boolean fits(Map<String, String> old, Map<String, String> now) {
    return old.entrySet().stream()
        .allMatch(
            column ->
                now.entrySet().stream()
                    .anyMatch(
                        other ->
                            other.getKey().equalsIgnoreCase(column.getKey())
                                && holds(other.getValue(), column.getValue())));
  }

  /** Types as SQL writes them. */
  static boolean holds(String wide, String narrow) {
    if (wide.equals(narrow)) {
      return true;
    }
    Matcher to = DECIMAL.matcher(wide);
    Matcher from = DECIMAL.matcher(narrow);
    if (to.matches() && from.matches()) {
      int fraction = Integer.parseInt(to.group(2)) - Integer.parseInt(from.group(2));
      int whole = Integer.parseInt(to.group(1)) - Integer.parseInt(from.group(1)) - fraction;
      return fraction >= 0 && whole >= 0;
    }
    int integer = INTEGERS.indexOf(narrow);
    return integer >= 0 && INTEGERS.indexOf(wide) > integer
        || integer >= 0 && integer <= 2 && wide.equals("DOUBLE")
        || narrow.equals("FLOAT") && wide.equals("DOUBLE");
  }
}
