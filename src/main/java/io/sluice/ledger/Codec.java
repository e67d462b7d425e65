package io.sluice.ledger;

import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How times and intervals stand in the database: ISO texts of one width each. */
final class Codec {

  private static final DateTimeFormatter CIVIL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter INSTANT =
      new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);

  private Codec() {}

  static String text(LocalDateTime civil) {
    return CIVIL.format(civil);
  }

  /** To the microsecond. */
  static String text(Instant instant) {
    return INSTANT.format(instant);
  }

  static String text(IntervalSet intervals) {
    return intervals.ranges().stream()
        .map(range -> text(range.from()) + "/" + text(range.to()))
        .collect(Collectors.joining(","));
  }

  static Interval interval(String from, String to) {
    return new Interval(civil(from), civil(to));
  }

  /** By hand, as a plan of a large lake reads tens of thousands. */
  private static LocalDateTime civil(String text) {
    return LocalDateTime.of(
        number(text, 0, 4),
        number(text, 5, 7),
        number(text, 8, 10),
        number(text, 11, 13),
        number(text, 14, 16),
        number(text, 17, 19));
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  static IntervalSet intervals(String text) {
    List<Interval> ranges = new ArrayList<>();
    for (String range : text.split(",", -1)) {
      int slash = range.indexOf('/');
      if (slash > 0) {
        ranges.add(interval(range.substring(0, slash), range.substring(slash + 1)));
      }
    }
    return IntervalSet.of(ranges);
  }
}
