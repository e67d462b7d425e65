package io.sluice.source.landing;

import io.sluice.api.Look;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Which interval an item came with.
 *
 * @param starts of intervals, by the item's id
 */
public record ItemIntervals(Map<String, LocalDateTime> starts) {

  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

  public ItemIntervals {
    starts = Map.copyOf(starts);
  }

  public LocalDateTime startOf(Look.Item item) {
    LocalDateTime start = starts.get(item.id());
    if (start == null) {
      throw new IllegalStateException("An item that was not looked at: " + item.id());
    }
    return start;
  }

  /** Start of the item's interval, as Spark keeps it inside. */
  public long microsOf(Look.Item item) {
    return ChronoUnit.MICROS.between(EPOCH, startOf(item));
  }
}
