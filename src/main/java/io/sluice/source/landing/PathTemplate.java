package io.sluice.source.landing;

import io.sluice.time.Cadence;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path with dates and wildcards in it.
 *
 * @param root the folder above the first name that is not plain text; always there
 * @param segments the names below it; never empty
 */
record PathTemplate(String text, String root, List<PathSegment> segments) {

  private static final Pattern DATE = Pattern.compile("\\{([^{}]*)}");

  PathTemplate {
    segments = List.copyOf(segments);
  }

  static PathTemplate parse(String path) {
    // A slash inside a date parts folders, as outside.
    Matcher dates = DATE.matcher(path);
    String flat = dates.replaceAll(m -> Matcher.quoteReplacement(m.group().replace("/", "}/{")));
    int start = flat.startsWith("/") ? 0 : flat.indexOf(":/") + 1;
    if (start == 0 && !flat.startsWith("/")) {
      throw new IllegalArgumentException("'%s' is not an absolute path".formatted(path));
    }
    if (flat.startsWith("//", start)) {
      int slash = flat.indexOf('/', start + 2);
      start = slash < 0 ? flat.length() : slash;
    }
    StringBuilder root = new StringBuilder(flat.substring(0, start));
    List<PathSegment> segments = new ArrayList<>();
    for (String name : flat.substring(start).split("/")) {
      if (!name.isEmpty()) {
        segments.add(PathSegment.parse(name));
      }
    }
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("'%s' names no file".formatted(path));
    }
    while (segments.size() > 1 && segments.get(0).isPlain()) {
      root.append('/').append(segments.remove(0).text());
    }
    if (segments.get(segments.size() - 1).isDeep()) {
      segments.add(PathSegment.parse("*"));
    }
    return new PathTemplate(path, root.toString(), segments);
  }

  boolean isDated() {
    return segments.stream().anyMatch(segment -> !segment.dates().isEmpty());
  }

  /** Whether all files lie side by side, so that one listing finds them. */
  boolean isOneFolder() {
    return segments.size() == 1;
  }

  /** Refuses a path whose dates are longer than the job's intervals. */
  PathTemplate checkedFor(Cadence every) {
    Set<DatePart> parts = EnumSet.noneOf(DatePart.class);
    segments.forEach(segment -> segment.dates().forEach(run -> parts.add(run.part())));
    if (parts.isEmpty() || every == Cadence.NONE) {
      return this;
    }
    boolean isWeek = parts.containsAll(Set.of(DatePart.WEEK_YEAR, DatePart.WEEK));
    boolean isYear = parts.contains(DatePart.YEAR);
    boolean isMonth = isYear && parts.contains(DatePart.MONTH);
    boolean isDay =
        isMonth && parts.contains(DatePart.DAY) || isYear && parts.contains(DatePart.DAY_OF_YEAR);
    boolean isEnough =
        switch (every) {
          case HOUR -> isDay && parts.contains(DatePart.HOUR);
          case DAY -> isDay;
          case WEEK -> isDay || isWeek;
          case MONTH -> isMonth || isDay;
          case NONE -> true;
        };
    if (!isEnough) {
      throw new IllegalArgumentException(
          "the path %s does not tell one %s from the next: use %s"
              .formatted(text, every.word(), example(every)));
    }
    return this;
  }

  private static String example(Cadence every) {
    return switch (every) {
      case HOUR -> "{yyyy-MM-dd-HH}";
      case MONTH -> "{yyyy-MM}";
      case DAY, WEEK, NONE -> "{yyyy-MM-dd}";
    };
  }

  /** The path with this date filled in, for people to read. */
  String at(LocalDateTime date) {
    return isDated()
        ? DATE.matcher(text)
            .replaceAll(
                m ->
                    Matcher.quoteReplacement(
                        DateTimeFormatter.ofPattern(m.group(1), Locale.UK).format(date)))
        : text;
  }
}
