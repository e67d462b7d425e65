package io.sluice.source.nosql;

import io.sluice.api.Look;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;

/** Which intervals are to be read. */
final class Present {
  private Present() {}

  /** In order. */
  static List<Interval> of(Map<Interval, Look> looks) {
    return looks.entrySet().stream()
        .filter(look -> look.getValue().presence() == Look.Presence.PRESENT)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
