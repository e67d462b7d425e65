package io.sluice.source;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.SourceException;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Notices that a source changed while it was read. */
public final class SourceCheck {
  private SourceCheck() {}

  /**
   * Looks again, after the rows were read; items that came in since are no harm.
   *
   * @throws SourceException passing, where an item that was read is gone or another one now
   */
  public static void unchanged(Source source, Map<Interval, Look> read) {
    Map<String, Interval> homes = new HashMap<>();
    read.forEach((interval, look) -> look.items().forEach(item -> homes.put(item.id(), interval)));
    if (homes.isEmpty()) {
      return;
    }
    Map<Interval, Look> now = source.look(List.copyOf(read.keySet()), new AsRead(homes));
    List<String> changed = new ArrayList<>();
    List<Interval> culprits = new ArrayList<>();
    read.forEach(
        (interval, look) -> {
          Map<String, Look.Item> there = new HashMap<>();
          Look again = now.get(interval);
          boolean isAwaited = again != null && again.presence() == Look.Presence.AWAITED;
          if (again != null) {
            again.items().forEach(item -> there.put(item.id(), item));
          }
          for (Look.Item item : look.items()) {
            if (!item.equals(there.get(item.id()))) {
              changed.add(
                  item.id()
                      + (there.containsKey(item.id()) || isAwaited ? " changed" : " went away"));
              culprits.add(interval);
            }
          }
        });
    if (!changed.isEmpty()) {
      String more = changed.size() > 1 ? " and " + (changed.size() - 1) + " more" : "";
      throw SourceException.passing(
          "%s while it was read%s; it is read again at the next try"
              .formatted(changed.get(0), more),
          culprits.stream().distinct().toList(),
          null);
    }
  }

  /** Items are where they were when they were read. */
  private record AsRead(Map<String, Interval> homes) implements Source.KnownItems {
    @Override
    public Optional<Interval> intervalOf(String itemId) {
      return Optional.ofNullable(homes.get(itemId));
    }

    @Override
    public Optional<Interval> newest() {
      return Optional.empty();
    }
  }
}
