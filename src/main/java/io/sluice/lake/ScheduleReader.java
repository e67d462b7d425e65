package io.sluice.lake;

import io.sluice.config.Section;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.Lookback;
import io.sluice.time.TypedDate;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads when intervals begin, end and are due. */
final class ScheduleReader {
  private static final Map<String, Cadence> CADENCES =
      Arrays.stream(Cadence.values())
          .collect(
              Collectors.toMap(
                  Cadence::word, Function.identity(), (a, b) -> a, LinkedHashMap::new));
  private static final Map<String, String> SLIPS =
      Map.of(
          "daily", "day",
          "hourly", "hour",
          "weekly", "week",
          "monthly", "month",
          "never", "none",
          "once", "none");
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,6})\\s*([a-z]+)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "hour", ChronoUnit.HOURS,
          "day", ChronoUnit.DAYS,
          "week", ChronoUnit.WEEKS,
          "month", ChronoUnit.MONTHS);

  private ScheduleReader() {}

  /**
   * What a definition says itself.
   *
   * @param start the month, day or hour named
   */
  record Draft(
      Optional<Cadence> every,
      Optional<Interval> start,
      Optional<Interval> end,
      Optional<Duration> delay) {}

  static Draft read(Section section) {
    Optional<Interval> start = date(section, "start");
    Optional<Interval> end = date(section, "end");
    if (start.isPresent() && end.isPresent() && !start.get().from().isBefore(end.get().to())) {
      section.wrong("end", "it is before the start; both are included, so write a later end");
    }
    return new Draft(
        section.choice("every", CADENCES, SLIPS), start, end, section.duration("delay", "2 hours"));
  }

  static Optional<Interval> date(Section section, String key) {
    return section
        .text(key)
        .flatMap(
            text -> {
              Optional<Interval> typed = TypedDate.parse(text);
              if (typed.isEmpty()) {
                section.wrong(
                    key,
                    "'%s' is not a date; write %s = 2010-12-01 (or 2010-12 for a month, \"2010-12-01T05\" for an hour)"
                        .formatted(text, key));
              }
              return typed;
            });
  }

  /** A calendar amount: {@code 7 days}. */
  static Optional<Lookback> lookback(Section section, String key) {
    return section
        .text(key)
        .flatMap(
            text -> {
              Matcher matcher = AMOUNT.matcher(text);
              Optional<ChronoUnit> unit =
                  matcher.matches()
                      ? Optional.ofNullable(UNITS.get(matcher.group(2).replaceFirst("s$", "")))
                      : Optional.empty();
              if (unit.isEmpty()) {
                boolean bare = text.matches("\\d+");
                section.wrong(
                    key,
                    bare
                        ? "'%s' has no unit; write %s = %s days".formatted(text, key, text)
                        : "'%s' is not a number of hours, days, weeks or months; write %s = 7 days"
                            .formatted(text, key));
              }
              return unit.map(u -> new Lookback(Long.parseLong(matcher.group(1)), u));
            });
  }
}
