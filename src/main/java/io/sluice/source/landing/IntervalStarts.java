package io.sluice.source.landing;

import io.sluice.time.Interval;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the interval that a date lies in. */
final class IntervalStarts {
  private final TreeMap<LocalDateTime, Interval> byStart = new TreeMap<>();

  IntervalStarts(Collection<Interval> intervals) {
    intervals.forEach(interval -> byStart.put(interval.from(), interval));
  }

  Optional<Interval> holder(LocalDateTime date) {
    return Optional.ofNullable(byStart.floorEntry(date))
        .map(Map.Entry::getValue)
        .filter(interval -> interval.contains(date));
  }

  boolean hasAlways() {
    return byStart.containsValue(Interval.ALWAYS);
  }
}
