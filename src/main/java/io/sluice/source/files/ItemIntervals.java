package io.sluice.source.files;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** Tells by a row's file which interval it came with. */
final class ItemIntervals {

  private final Map<String, LocalDateTime> starts;

  ItemIntervals(Map<String, LocalDateTime> starts) {
    this.starts = Map.copyOf(starts);
  }

  /**
   * Start of the interval, TIMESTAMP_NTZ.
   *
   * @param item STRING, the id
   */
  Column of(Column item) {
    if (new HashSet<>(starts.values()).size() == 1) {
      return lit(starts.values().iterator().next());
    }
    return udf(new Lookup(new HashMap<>(starts)), DataTypes.TimestampNTZType).apply(item);
  }

  /** Runs on executors. */
  private record Lookup(HashMap<String, LocalDateTime> starts)
      implements UDF1<String, LocalDateTime>, Serializable {
    @Override
    public LocalDateTime call(String item) {
      LocalDateTime start = starts.get(item);
      if (start == null) {
        throw new IllegalStateException("Read a file that was not looked at: " + item);
      }
      return start;
    }
  }
}
