package io.sluice.lake;

import io.sluice.config.Section;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where files land, whatever is in them. */
record LandingReader(ProjectPaths paths) {
  private static final Pattern BRACES = Pattern.compile("\\{([^}]*)}");
  private static final LocalDateTime SAMPLE = LocalDateTime.of(2010, 12, 1, 0, 0);
  private static final Map<String, SourceSpec.Missing> MISSING = missing();

  /**
   * @param example of a path, for who left it out
   */
  SourceSpec.Landing read(Section section, Cadence every, String example) {
    String path = section.needText("path", "path = \"%s\"".formatted(example));
    checkPattern(section, path, every);
    Optional<String> ready = section.text("ready");
    ready
        .filter(name -> name.contains("/"))
        .ifPresent(
            name ->
                section.wrong(
                    "ready",
                    "'%s' is a path; write the name alone: it lies beside the files"
                        .formatted(name)));
    if (ready.isPresent() && !path.contains("{") && every != Cadence.NONE) {
      section.wrong(
          "ready", "the path has no date that it could be for; write one, as {yyyy-MM-dd}");
    }
    return new SourceSpec.Landing(
        paths.absolute(path),
        section.choice("missing", MISSING).orElse(SourceSpec.Missing.EMPTY),
        section.texts("exclude"),
        ready,
        section.duration("settle", "5m").orElse(Duration.ZERO));
  }

  private static void checkPattern(Section section, String path, Cadence every) {
    StringBuilder one = new StringBuilder();
    StringBuilder next = new StringBuilder();
    Matcher braces = BRACES.matcher(path);
    boolean dated = false;
    while (braces.find()) {
      dated = true;
      try {
        DateTimeFormatter pattern = DateTimeFormatter.ofPattern(braces.group(1), Locale.ROOT);
        one.append(pattern.format(SAMPLE)).append('/');
        next.append(pattern.format(after(every))).append('/');
      } catch (IllegalArgumentException | DateTimeException e) {
        section.wrong(
            "path",
            "{%s} is not a pattern of a date; write {yyyy-MM-dd}".formatted(braces.group(1)));
        return;
      }
    }
    if (dated && every != Cadence.NONE && one.compareTo(next) == 0) {
      section.wrong(
          "path",
          "its date does not tell one %s from the next; write {%s}"
              .formatted(every.word(), every == Cadence.HOUR ? "yyyy-MM-dd-HH" : "yyyy-MM-dd"));
    }
  }

  private static LocalDateTime after(Cadence every) {
    Interval interval = every.at(SAMPLE);
    return every == Cadence.NONE ? SAMPLE : interval.to();
  }

  private static Map<String, SourceSpec.Missing> missing() {
    Map<String, SourceSpec.Missing> missing = new LinkedHashMap<>();
    missing.put("empty", SourceSpec.Missing.EMPTY);
    missing.put("wait", SourceSpec.Missing.WAIT);
    missing.put("fail", SourceSpec.Missing.FAIL);
    return missing;
  }
}
