package io.sluice.source.landing;

import io.sluice.api.Look;
import io.sluice.time.Interval;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Which interval an item came with.
 *
 * @param homes by the item's id
 */
public record ItemIntervals(Map<String, Interval> homes) {

  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

  public ItemIntervals {
    homes = Map.copyOf(homes);
  }

  /** The intervals that have one of the items, in order. */
  public List<Interval> of(List<Look.Item> items) {
    return items.stream().map(this::of).distinct().sorted().toList();
  }

  private Interval of(Look.Item item) {
    Interval interval = homes.get(item.id());
    if (interval == null) {
      throw new IllegalStateException("An item that was not looked at: " + item.id());
    }
    return interval;
  }

  public LocalDateTime startOf(Look.Item item) {
    return of(item).from();
  }

  /** Start of an item's interval, in microseconds. */
  public long microsOf(Look.Item item) {
    return ChronoUnit.MICROS.between(EPOCH, startOf(item));
  }
}
