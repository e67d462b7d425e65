package io.sluice.time;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How far before its interval a job looks into an input: a calendar amount, {@code 7 days}. */
public record Lookback(long amount, ChronoUnit unit) {

  public static final Lookback NONE = new Lookback(0, ChronoUnit.DAYS);

  public Lookback {
    if (amount < 0) {
      throw new IllegalArgumentException("A lookback is not negative: " + amount);
    }
  }

  public boolean isNone() {
    return amount == 0;
  }

  public LocalDateTime before(LocalDateTime time) {
    return isNone() || time.equals(Interval.ALWAYS.from()) ? time : time.minus(amount, unit);
  }

  /** The interval made longer at its start. */
  public Interval lengthen(Interval interval) {
    return new Interval(before(interval.from()), interval.to());
  }

  /** Of a change in an input: the span in which intervals that see it may start or end. */
  public Interval reach(Interval changed) {
    if (isNone() || changed.isAlways()) {
      return changed;
    }
    LocalDateTime end = changed.to().plus(amount, unit);
    // A month before the 28th, 29th, 30th and 31st of March is one day: the end of February.
    while (before(end).isBefore(changed.to())) {
      end = end.plusDays(1);
    }
    return new Interval(changed.from(), end);
  }

  @Override
  public String toString() {
    return amount + " " + unit.toString().toLowerCase(Locale.ROOT);
  }
}
