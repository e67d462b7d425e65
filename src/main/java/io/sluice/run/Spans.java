package io.sluice.run;

import io.sluice.time.Interval;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Intervals of one job, none over another, each with a word about it. */
final class Spans {
  private final TreeMap<LocalDateTime, Map.Entry<Interval, String>> byStart = new TreeMap<>();

  void put(Interval interval, String word) {
    byStart.put(interval.from(), Map.entry(interval, word));
  }

  void removeAll(Collection<Interval> intervals) {
    intervals.forEach(interval -> byStart.remove(interval.from()));
  }

  boolean isEmpty() {
    return byStart.isEmpty();
  }

  boolean startsBefore(LocalDateTime time) {
    return !byStart.isEmpty() && byStart.firstKey().isBefore(time);
  }

  Optional<String> first() {
    return byStart.values().stream().findFirst().map(Map.Entry::getValue);
  }

  /** The word of the first interval that overlaps the span. */
  Optional<String> firstIn(Interval span) {
    var before = byStart.floorEntry(span.from());
    if (before != null && before.getValue().getKey().overlaps(span)) {
      return Optional.of(before.getValue().getValue());
    }
    var after = byStart.higherEntry(span.from());
    return after != null && after.getKey().isBefore(span.to())
        ? Optional.of(after.getValue().getValue())
        : Optional.empty();
  }
}
