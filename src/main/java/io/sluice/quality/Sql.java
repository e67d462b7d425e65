package io.sluice.quality;

import java.util.List;
import java.util.stream.Collectors;

/** Pieces of SQL text. */
final class Sql {
  private Sql() {}

  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  static String quoted(List<String> names) {
    return names.stream().map(Sql::quoted).collect(Collectors.joining(", "));
  }

  /** A person's condition as a BOOLEAN that is never NULL; it may end in a comment. */
  static String met(String condition) {
    return "coalesce((" + condition + "\n), false)";
  }
}
