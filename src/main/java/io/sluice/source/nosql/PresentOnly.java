package io.sluice.source.nosql;

import io.sluice.api.Look;
import io.sluice.time.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is of a source without items. */
final class PresentOnly {
  private PresentOnly() {}

  /**
   * @param knowsPast whether rows of an interval can be asked for
   * @param newest the interval that the present is
   */
  static Map<Interval, Look> look(
      List<Interval> intervals, boolean knowsPast, Optional<Interval> newest, String name) {
    Map<Interval, Look> looks = new LinkedHashMap<>();
    for (Interval interval : intervals) {
      boolean isThere =
          knowsPast || interval.isAlways() || newest.filter(interval::equals).isPresent();
      looks.put(
          interval,
          isThere
              ? Look.present(List.of())
              : new Look(
                  Look.Presence.UNOBTAINABLE,
                  List.of(),
                  "%s is only known as it is now; with by = COLUMN in the source, rows of the past can be asked for"
                      .formatted(name)));
    }
    return looks;
  }

  /** What is to be read, in order. */
  static List<Interval> there(Map<Interval, Look> looks) {
    return looks.entrySet().stream()
        .filter(look -> look.getValue().presence() == Look.Presence.PRESENT)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
