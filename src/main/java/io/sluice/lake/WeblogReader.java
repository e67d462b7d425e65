package io.sluice.lake;

import io.sluice.config.Section;
import io.sluice.config.Spelling;
import io.sluice.lake.logs.LogForm;
import io.sluice.time.Cadence;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a source of type {@code weblog}. */
record WeblogReader(LandingReader landing) {
  private static final Set<String> NAMED = Set.of("common", "combined", "w3c", "json");
  private static final List<String> COLUMNS =
      List.of(
          "client",
          "user",
          "time",
          "request",
          "method",
          "path",
          "query",
          "protocol",
          "status",
          "bytes",
          "referer",
          "agent");

  SourceSpec.Weblog read(Section section, Cadence every) {
    SourceSpec.Landing at = landing.read(section, every, "landing/access/{yyyy-MM-dd}.log*");
    String format = section.needText("format", "format = combined");
    checkFormat(section, format);
    Map<String, String> fields = section.map("fields");
    section.section("fields").ifPresent(block -> checkFields(section, block, format));
    return new SourceSpec.Weblog(
        at, format, fields, zone(section), FileOptions.encoding(section, "encoding"));
  }

  private static void checkFormat(Section section, String format) {
    if (format.isEmpty() || NAMED.contains(format)) {
      return;
    }
    if (!format.contains("%") && !format.contains("$")) {
      section.wrong(
          "format",
          "'%s' is not known; write %s, or the format string of the server's configuration"
              .formatted(
                  format, Spelling.nearest(format, NAMED).orElse("common, combined, w3c or json")));
      return;
    }
    try {
      LogForm.parse(format);
    } catch (IllegalArgumentException e) {
      section.wrong("format", String.valueOf(e.getMessage()));
    }
  }

  private static void checkFields(Section section, Section fields, String format) {
    if (!format.equals("json")) {
      section.wrong("fields", "only format = json has fields to name; leave it out");
    }
    for (String column : fields.keys()) {
      if (!COLUMNS.contains(column)) {
        fields.wrong(
            column,
            "not a column of web logs; write %s, or give further fields in columns { NAME = string }"
                .formatted(Spelling.nearest(column, COLUMNS).orElse(String.join(", ", COLUMNS))));
      }
    }
  }

  private static ZoneId zone(Section section) {
    return section
        .text("zone")
        .flatMap(
            name -> {
              try {
                return Optional.of(ZoneId.of(name));
              } catch (DateTimeException e) {
                section.wrong("zone", "'%s' is no time zone; write Europe/London".formatted(name));
                return Optional.empty();
              }
            })
        .orElse(ZoneOffset.UTC);
  }
}
