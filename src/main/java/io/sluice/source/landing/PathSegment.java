package io.sluice.source.landing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a template says of one name in a path: text, {@code *}, {@code ?} and dates. */
record PathSegment(String text, Pattern pattern, List<DateRun> dates) {

  /** A run of one pattern letter. */
  record DateRun(DatePart part, int length) {}

  PathSegment {
    dates = List.copyOf(dates);
  }

  static PathSegment parse(String text) {
    StringBuilder regex = new StringBuilder();
    List<DateRun> dates = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (c == '{') {
        int end = text.indexOf('}', i);
        if (end < 0) {
          throw new IllegalArgumentException("'%s' has a { without its }".formatted(text));
        }
        date(text.substring(i + 1, end), regex, dates);
        i = end;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return new PathSegment(text, Pattern.compile(regex.toString(), Pattern.DOTALL), dates);
  }

  private static void date(String pattern, StringBuilder regex, List<DateRun> dates) {
    if (pattern.isBlank()) {
      throw new IllegalArgumentException("{} is not a date: write {yyyy-MM-dd}, for example");
    }
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\'') {
        int end = pattern.indexOf('\'', i + 1);
        if (end < 0) {
          throw new IllegalArgumentException("{%s} has a ' without its end".formatted(pattern));
        }
        regex.append(Pattern.quote(end == i + 1 ? "'" : pattern.substring(i + 1, end)));
        i = end;
      } else if (Character.isLetter(c)) {
        int end = i + 1;
        while (end < pattern.length() && pattern.charAt(end) == c) {
          end++;
        }
        DatePart part = DatePart.of(c, pattern);
        regex.append('(').append(part.regex(end - i)).append(')');
        dates.add(new DateRun(part, end - i));
        i = end - 1;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
  }

  /** {@code **}: any folders, or none. */
  boolean isDeep() {
    return text.equals("**");
  }

  boolean isPlain() {
    return dates.isEmpty() && text.indexOf('*') < 0 && text.indexOf('?') < 0;
  }

  /** What is known of the date after this name; empty where the name does not fit. */
  Optional<PathDate> match(String name, PathDate before) {
    Matcher matcher = pattern.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<PathDate> known = Optional.of(before);
    for (int i = 0; i < dates.size(); i++) {
      DateRun run = dates.get(i);
      int value = run.part().value(matcher.group(i + 1), run.length());
      known = known.flatMap(date -> date.with(run.part(), value));
    }
    return known;
  }
}
