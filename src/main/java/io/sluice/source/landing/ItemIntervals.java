package io.sluice.source.landing;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.sluice.api.Look;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** Tells by the path of a row's file, as Spark names it, which item and interval it came with. */
public final class ItemIntervals {

  private final Map<String, LocalDateTime> starts = new HashMap<>();
  private final Map<String, String> ids = new HashMap<>();
  private boolean isAsNamed = true;

  /**
   * @param starts of intervals, by the item's id
   */
  public ItemIntervals(Map<String, LocalDateTime> starts) {
    starts.forEach(
        (id, start) -> {
          String named = new Path(id).toUri().toString();
          this.starts.put(named, start);
          ids.put(named, id);
          isAsNamed &= named.equals(id);
        });
  }

  /** Start of an item's interval, in microseconds. */
  public long startOf(Look.Item item) {
    LocalDateTime start = starts.get(new Path(item.id()).toUri().toString());
    if (start == null) {
      throw new IllegalStateException("An item that was not looked at: " + item.id());
    }
    return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), start);
  }

  /** Start of the interval, TIMESTAMP_NTZ. */
  Column interval(Column path) {
    if (new HashSet<>(starts.values()).size() == 1) {
      return lit(starts.values().iterator().next());
    }
    return udf(new ByPath<>(new HashMap<>(starts)), DataTypes.TimestampNTZType).apply(path);
  }

  /** The item's id, STRING. */
  Column item(Column path) {
    return isAsNamed
        ? path
        : udf(new ByPath<>(new HashMap<>(ids)), DataTypes.StringType).apply(path);
  }
}
