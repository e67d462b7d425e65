package io.sluice.lake;

import io.sluice.config.Section;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code params} into SQL literals. */
final class ParamsReader {
  static final Set<String> GIVEN = Set.of("from", "to");

  private ParamsReader() {}

  static Map<String, String> read(Section job) {
    Map<String, String> params = new TreeMap<>();
    job.section("params")
        .ifPresent(
            section -> {
              for (String name : section.keys()) {
                if (GIVEN.contains(name)) {
                  section.wrong(name, ":%s is the task's own; take another name".formatted(name));
                }
                section
                    .text(name)
                    .ifPresent(
                        text -> params.put(name, section.isLiteral(name) ? text : quoted(text)));
              }
            });
    return params;
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
