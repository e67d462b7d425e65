package io.sluice.lake;

import io.sluice.config.Section;
import io.sluice.time.Cadence;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a source of type {@code xml}. */
record XmlReader(LandingReader landing, ProjectPaths paths) {
  private static final Pattern ROW = Pattern.compile("[^\\s<>/]+(/[^\\s<>/]+)*");

  SourceSpec.Xml read(Section section, Cadence every) {
    SourceSpec.Landing at = landing.read(section, every, "landing/orders/{yyyy-MM-dd}.xml");
    String row = section.needText("row", "row = order");
    if (!row.isEmpty() && !ROW.matcher(row).matches()) {
      section.wrong(
          "row",
          "'%s' is not the name of an element; write row = order, or row = \"orders/order\" with those around it"
              .formatted(row));
    }
    Map<String, String> namespaces = section.map("namespaces");
    Optional<String> encoding =
        section.has("encoding")
            ? Optional.of(FileOptions.encoding(section, "encoding"))
            : Optional.empty();
    return new SourceSpec.Xml(at, row, namespaces, section.text("xsd").map(paths::uri), encoding);
  }
}
