package io.sluice.source.landing;

import io.sluice.time.Interval;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a path, or the beginning of one, has said of its date so far. */
record PathDate(Map<DatePart, Integer> parts) {

  static final PathDate UNKNOWN = new PathDate(Map.of());

  PathDate {
    parts = Map.copyOf(parts);
  }

  /** Empty where another part of the path said something else. */
  Optional<PathDate> with(DatePart part, int value) {
    Integer before = parts.get(part);
    if (before != null) {
      return before == value ? Optional.of(this) : Optional.empty();
    }
    Map<DatePart, Integer> more = new EnumMap<>(DatePart.class);
    more.putAll(parts);
    more.put(part, value);
    return Optional.of(new PathDate(more));
  }

  /**
   * The time that is meant: a year, month, day, hour; all time where no year is known; empty where
   * there is no such date.
   */
  Optional<Interval> span() {
    try {
      return Optional.of(known());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Interval known() {
    if (has(DatePart.WEEK_YEAR)) {
      return has(DatePart.WEEK) ? week() : Interval.ALWAYS;
    }
    if (!has(DatePart.YEAR)) {
      return Interval.ALWAYS;
    }
    LocalDate year = LocalDate.of(of(DatePart.YEAR), 1, 1);
    if (has(DatePart.DAY_OF_YEAR)) {
      return timeOf(LocalDate.ofYearDay(year.getYear(), of(DatePart.DAY_OF_YEAR)));
    }
    if (!has(DatePart.MONTH)) {
      return of(year.atStartOfDay(), ChronoUnit.YEARS);
    }
    LocalDate month = year.withMonth(of(DatePart.MONTH));
    return has(DatePart.DAY)
        ? timeOf(month.withDayOfMonth(of(DatePart.DAY)))
        : of(month.atStartOfDay(), ChronoUnit.MONTHS);
  }

  private Interval timeOf(LocalDate day) {
    if (!has(DatePart.HOUR)) {
      return of(day.atStartOfDay(), ChronoUnit.DAYS);
    }
    LocalDateTime hour = day.atTime(of(DatePart.HOUR), 0);
    if (!has(DatePart.MINUTE)) {
      return of(hour, ChronoUnit.HOURS);
    }
    LocalDateTime minute = hour.withMinute(of(DatePart.MINUTE));
    return has(DatePart.SECOND)
        ? of(minute.withSecond(of(DatePart.SECOND)), ChronoUnit.SECONDS)
        : of(minute, ChronoUnit.MINUTES);
  }

  private Interval week() {
    LocalDate monday =
        LocalDate.of(of(DatePart.WEEK_YEAR), 1, 4)
            .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, of(DatePart.WEEK))
            .with(DayOfWeek.MONDAY);
    return of(monday.atStartOfDay(), ChronoUnit.WEEKS);
  }

  private static Interval of(LocalDateTime start, ChronoUnit unit) {
    return new Interval(start, start.plus(1, unit));
  }

  private boolean has(DatePart part) {
    return parts.containsKey(part);
  }

  private int of(DatePart part) {
    return Objects.requireNonNull(parts.get(part));
  }
}
