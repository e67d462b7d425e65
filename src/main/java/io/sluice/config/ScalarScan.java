package io.sluice.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Walks over single values: finds those that HOCON would cut, split or refuse for want of quotes.
 */
final class ScalarScan {
  private static final String RESERVED = "{[:=+*?!@&\\^`$";

  private final Cursor cursor;
  private final Mending mending;
  private final List<Scan.Variable> variables = new ArrayList<>();

  ScalarScan(Cursor cursor, Mending mending) {
    this.cursor = cursor;
    this.mending = mending;
  }

  List<Scan.Variable> variables() {
    return List.copyOf(variables);
  }

  /**
   * Walks over the value at the cursor.
   *
   * @param path of the key, or of the element of a list
   * @param word the last word of the key
   */
  void walk(String path, String word) {
    int start = cursor.at();
    int open = 0;
    boolean plain = false;
    while (!cursor.atEnd() && "\n,}]".indexOf(cursor.peek()) < 0) {
      char c = cursor.peek();
      if (cursor.isAtComment()) {
        if (!plain) {
          return;
        }
        String rest = cursor.valueFrom(start).substring(cursor.at() - start);
        trap(start, path, word, "HOCON takes '%s' for a comment and cuts it off".formatted(rest));
        return;
      }
      if (c == '"') {
        quoted(path, word);
        plain = false;
      } else if (cursor.isAt("${")) {
        variable(path);
        plain = false;
      } else if (RESERVED.indexOf(c) >= 0) {
        trap(start, path, word, "the value has '%s' and is not in quotes".formatted(c));
        return;
      } else {
        open += c == '(' ? 1 : c == ')' ? -1 : 0;
        plain = !Character.isWhitespace(c);
        cursor.skip(1);
      }
    }
    if (cursor.peek() == ',' && open > 0) {
      trap(start, path, word, "a comma splits the value, which is not in quotes");
    }
  }

  private void quoted(String path, String word) {
    int from = cursor.at();
    cursor.skipQuoted();
    String part = cursor.since(from);
    int dollar = part.indexOf("${");
    int close = part.indexOf('}', dollar);
    if (dollar >= 0 && close > 0) {
      String before = part.substring(0, dollar);
      String after = part.substring(close + 1);
      String filled =
          (before.equals("\"") ? "" : before + "\"")
              + part.substring(dollar, close + 1)
              + (after.equals("\"") ? "" : "\"" + after);
      mending.find(
          cursor.line(),
          path,
          "HOCON fills in nothing inside quotes; write %s".formatted(written(path, word, filled)));
      mending.replace(from, cursor.at(), filled);
      variable(part.substring(dollar + 2, close), path);
    }
  }

  private void variable(String path) {
    int start = cursor.at();
    while (!cursor.atEnd() && cursor.peek() != '}') {
      cursor.skip(1);
    }
    variable(cursor.since(start).substring(2), path);
    cursor.skip(1);
  }

  private void variable(String inside, String path) {
    String name = inside.strip().replace("\"", "");
    if (!name.startsWith("?")) {
      variables.add(new Scan.Variable(name, cursor.line(), path));
    }
  }

  private void trap(int start, String path, String word, String what) {
    String raw = cursor.valueFrom(start);
    String quoted = quote(raw);
    mending.find(cursor.line(), path, "%s; write %s".formatted(what, written(path, word, quoted)));
    mending.replace(start, start + raw.length(), quoted);
    cursor.skip(start + raw.length() - cursor.at());
  }

  private static String written(String path, String word, String quoted) {
    return path.endsWith("]") ? quoted : word + " = " + quoted;
  }

  private static String quote(String raw) {
    int fixed = raw.startsWith("${") ? raw.indexOf('}') + 1 : 0;
    String rest = raw.substring(fixed).replace("\\", "\\\\").replace("\"", "\\\"");
    return raw.substring(0, fixed) + "\"" + rest + "\"";
  }
}
