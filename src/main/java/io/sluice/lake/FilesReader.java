package io.sluice.lake;

import io.sluice.config.Section;
import io.sluice.time.Cadence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a source of type {@code files}. */
record FilesReader(LandingReader landing) {
  private static final Map<String, String> FORMATS = formats();

  SourceSpec.Files read(Section section, Cadence every) {
    SourceSpec.Landing at = landing.read(section, every, "landing/sales/{yyyy-MM-dd}.csv");
    String path = section.text("path").orElse("");
    Optional<String> format =
        section.choice("format", FORMATS, Map.of("txt", "text", "jsonl", "json", "tsv", "csv"));
    if (format.isEmpty() && !section.has("format")) {
      format = guess(path);
      if (format.isEmpty() && !path.isEmpty()) {
        section.need("format", "format = csv");
      }
    }
    format.ifPresent(
        known -> section.section("options").ifPresent(o -> FileOptions.check(o, known)));
    return new SourceSpec.Files(at, format.orElse("text"), section.map("options"));
  }

  private static Optional<String> guess(String path) {
    String plain = path.replaceFirst("\\*$", "").replaceFirst("\\.(gz|bz2|zst)$", "");
    String extension = plain.substring(plain.lastIndexOf('.') + 1);
    return switch (extension) {
      case "csv", "json", "parquet" -> Optional.of(extension);
      case "jsonl", "ndjson" -> Optional.of("json");
      case "txt", "log" -> Optional.of("text");
      default -> Optional.empty();
    };
  }

  private static Map<String, String> formats() {
    Map<String, String> formats = new LinkedHashMap<>();
    for (String format : new String[] {"csv", "json", "parquet", "text"}) {
      formats.put(format, format);
    }
    return formats;
  }
}
