package io.sluice.lake;

import io.sluice.config.Section;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what makes a table that no SQL makes. */
record MakingReader(ProjectPaths paths) {
  private static final Pattern CLASS =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*\\.)+[A-Za-z_][A-Za-z0-9_]*(\\$[A-Za-z0-9_]+)*");
  private static final List<String> KINDS = List.of("source", "java", "external");

  /** Empty for a source, and where it is not said. */
  Optional<Making> read(TableName name, Section section) {
    List<String> kinds = KINDS.stream().filter(section::has).toList();
    KINDS.forEach(section::skip);
    if (kinds.size() != 1) {
      section.wrong(
          kinds.isEmpty()
              ? "nothing says what makes %s; write source { … }, java = … or external { … }, or the SQL in jobs/%s/%s.sql"
                  .formatted(name, name.layer().word(), name.table())
              : "one thing makes a table, not %s; keep one".formatted(String.join(" and ", kinds)));
      return Optional.empty();
    }
    if (kinds.contains("source") && name.layer() != Layer.RAW) {
      section.wrong(
          "source",
          "what comes from outside belongs to raw; move the file to jobs/raw/, and read it from %s.%s"
              .formatted(name.layer().word(), name.table()));
    }
    if (!kinds.contains("java")) {
      section.refuse("options", "only a Java class has options here; leave it out");
    }
    return switch (kinds.get(0)) {
      case "java" -> Optional.of(java(section));
      case "external" -> section.section("external").map(this::external);
      default -> Optional.empty();
    };
  }

  private static Making java(Section section) {
    String className = section.text("java").orElse("");
    if (section.isText("java") && !CLASS.matcher(className).matches()) {
      section.wrong(
          "java",
          "'%s' is not the full name of a class; write java = com.acme.Sessionize"
              .formatted(className));
    }
    section.refuse("params", "they are for SQL; a Java class gets options { … }");
    return new Making.FromJava(className, section.map("options"));
  }

  private Making external(Section external) {
    Names.columns(external, "partition-by");
    return new Making.External(
        paths.uri(external.needText("path", "path = \"s3a://bucket/table\"")));
  }
}
