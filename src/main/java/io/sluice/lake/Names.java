package io.sluice.lake;

import io.sluice.config.Section;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads names of columns. */
final class Names {
  private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Names() {}

  static boolean isPlain(String name) {
    return COLUMN.matcher(name).matches();
  }

  static Optional<String> column(Section section, String key) {
    return section
        .text(key)
        .filter(
            name -> {
              if (!isPlain(name)) {
                section.wrong(
                    key,
                    "'%s' is not the name of a column; write one name, of letters, digits and _"
                        .formatted(name));
              }
              return isPlain(name);
            });
  }

  static List<String> columns(Section section, String key) {
    List<String> names = section.texts(key);
    for (String name : names) {
      if (name.contains(",")) {
        section.wrong(
            key, "'%s' is one name with a comma in it; write %s = [%s]".formatted(name, key, name));
      } else if (!isPlain(name)) {
        section.wrong(
            key,
            "'%s' is not the name of a column; write names of letters, digits and _"
                .formatted(name));
      }
    }
    if (names.size() > new LinkedHashSet<>(names).size()) {
      section.wrong(key, "a column is in the list twice; keep one");
    }
    return names.stream().filter(Names::isPlain).distinct().toList();
  }
}
