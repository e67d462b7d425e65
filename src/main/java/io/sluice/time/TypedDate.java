package io.sluice.time;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a person means by {@code 2011-01}, {@code 2011-01-31} or {@code 2011-01-31T05}. */
public final class TypedDate {
  private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern HOUR = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}(:00)?");

  private TypedDate() {}

  /** The month, day or hour of that name; empty where the text is none. */
  public static Optional<Interval> parse(String text) {
    try {
      if (MONTH.matcher(text).matches()) {
        LocalDateTime from = YearMonth.parse(text).atDay(1).atStartOfDay();
        return Interval.between(from, from.plusMonths(1));
      }
      if (DAY.matcher(text).matches()) {
        LocalDateTime from = LocalDate.parse(text).atStartOfDay();
        return Interval.between(from, from.plusDays(1));
      }
      if (HOUR.matcher(text).matches()) {
        LocalDateTime from = LocalDateTime.parse(text.substring(0, 13) + ":00");
        return Interval.between(from, from.plusHours(1));
      }
      return Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The first interval of the cadence that the typed span touches: its start. */
  public static LocalDateTime first(Interval typed, Cadence every) {
    return every.floor(typed.from());
  }

  /** The end of the last interval of the cadence that the typed span touches. */
  public static LocalDateTime end(Interval typed, Cadence every) {
    return every.next(every.floor(typed.to().minusNanos(1)));
  }
}
