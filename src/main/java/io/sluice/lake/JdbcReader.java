package io.sluice.lake;

import io.sluice.config.Section;
import java.time.Duration;
import java.util.Optional;

/** Reads a source of type {@code jdbc}. */
final class JdbcReader {
  private static final int FETCH_SIZE = 10_000;

  private JdbcReader() {}

  static SourceSpec.Jdbc read(Section section) {
    String url = section.needText("url", "url = \"jdbc:postgresql://host/database\"");
    if (!url.isEmpty() && !url.startsWith("jdbc:")) {
      // The value may hold a password: it is not shown.
      section.wrong("url", "does not begin with jdbc:; write \"jdbc:postgresql://host/database\"");
    }
    int partitions = section.integer("partitions", 1).orElse(1);
    Optional<String> splitBy = Names.column(section, "split-by");
    if (partitions > 1 && !section.has("split-by")) {
      section.wrong(
          "partitions", "it is not said by which column; write split-by = id, a number or a date");
    }
    if (partitions == 1 && section.has("split-by")) {
      section.wrong("split-by", "one reader needs no column to split by; write partitions = 4");
    }
    if (section.has("reread") && !section.has("by")) {
      section.wrong("reread", "the whole table is read each time; leave it out, or write by = …");
    }
    return new SourceSpec.Jdbc(
        url,
        section.text("user"),
        section.text("password").map(Secret::new),
        section.text("driver"),
        from(section),
        Names.column(section, "by"),
        partitions,
        splitBy,
        section.integer("fetch-size", 1).orElse(FETCH_SIZE),
        timeout(section));
  }

  private static Optional<Duration> timeout(Section section) {
    Optional<Duration> timeout = section.duration("statement-timeout", "10m");
    if (timeout.filter(given -> given.compareTo(Duration.ofSeconds(1)) < 0).isPresent()) {
      section.wrong(
          "statement-timeout",
          "databases count whole seconds; write statement-timeout = 1s, or more");
    }
    return timeout;
  }

  private static String from(Section section) {
    Optional<String> table = section.text("table");
    Optional<String> query = section.text("query");
    if (section.has("table") == section.has("query")) {
      section.wrong(
          "table",
          section.has("table")
              ? "there is a query too; keep one"
              : "missing; write table = customers, or query = \"SELECT …\"");
    }
    return table.or(() -> query.map(JdbcReader::bracketed)).orElse("");
  }

  private static String bracketed(String query) {
    String plain = query.strip().replaceFirst(";$", "");
    return plain.startsWith("(") && plain.endsWith(")") ? plain : "(" + plain + ")";
  }
}
