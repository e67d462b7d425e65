package io.sluice.time;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How long the intervals of a job are; weeks start on Monday. */
public enum Cadence {
  HOUR(ChronoUnit.HOURS),
  DAY(ChronoUnit.DAYS),
  WEEK(ChronoUnit.WEEKS),
  MONTH(ChronoUnit.MONTHS),
  /** The whole table is one interval, {@link Interval#ALWAYS}. */
  NONE(ChronoUnit.FOREVER);

  private final ChronoUnit unit;

  Cadence(ChronoUnit unit) {
    this.unit = unit;
  }

  /** The start of the interval that holds this moment. */
  public LocalDateTime floor(LocalDateTime time) {
    return switch (this) {
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> time.truncatedTo(ChronoUnit.DAYS);
      case WEEK ->
          time.truncatedTo(ChronoUnit.DAYS)
              .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
      case NONE -> Interval.ALWAYS.from();
    };
  }

  /** The start of the interval after the one that starts here. */
  public LocalDateTime next(LocalDateTime start) {
    return this == NONE ? Interval.ALWAYS.to() : start.plus(1, unit);
  }

  /** The interval that holds this moment. */
  public Interval at(LocalDateTime time) {
    LocalDateTime start = floor(time);
    return new Interval(start, next(start));
  }

  /** All intervals that overlap the span, in order. */
  public List<Interval> split(Interval span) {
    if (this == NONE) {
      return List.of(Interval.ALWAYS);
    }
    List<Interval> parts = new ArrayList<>();
    for (LocalDateTime start = floor(span.from()); start.isBefore(span.to()); start = next(start)) {
      parts.add(new Interval(start, next(start)));
    }
    return parts;
  }

  /** Whether the interval is one whole interval of this cadence. */
  public boolean isOne(Interval interval) {
    return at(interval.from()).equals(interval);
  }

  /** The span made longer to whole intervals of this cadence. */
  public Interval whole(Interval span) {
    if (this == NONE || span.isAlways()) {
      return span;
    }
    LocalDateTime last = floor(span.to());
    return new Interval(floor(span.from()), last.equals(span.to()) ? last : next(last));
  }

  /** Whether its intervals are longer than the other's; those of a table without time are not. */
  public boolean isLongerThan(Cadence other) {
    return this != NONE && other != NONE && compareTo(other) > 0;
  }

  /**
   * The name a person types and reads: {@code 2011-01-31}, {@code 2011-01-31T05} for an hour, the
   * Monday for a week, {@code 2011-01} for a month, {@code all} for a table without time.
   */
  public String name(Interval interval) {
    LocalDateTime from = interval.from();
    return switch (this) {
      case HOUR -> from.toLocalDate() + "T%02d".formatted(from.getHour());
      case DAY, WEEK -> from.toLocalDate().toString();
      case MONTH -> from.toLocalDate().toString().substring(0, 7);
      case NONE -> "all";
    };
  }

  /** {@code 2011-01-01 .. 2011-01-31}, both included; one name where there is one interval. */
  public String name(Interval first, Interval last) {
    return first.equals(last) ? name(first) : name(first) + " .. " + name(last);
  }

  /** The ranges of the set, each as {@link #name(Interval, Interval)} has it. */
  public String name(IntervalSet intervals) {
    return intervals.ranges().stream()
        .map(range -> name(at(range.from()), at(range.to().minusNanos(1))))
        .collect(Collectors.joining(", "));
  }

  /** Whether hours, which are UTC, are not on the same clock as this cadence. */
  public boolean isUtc() {
    return this == HOUR;
  }

  /** As it is written in a definition. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
