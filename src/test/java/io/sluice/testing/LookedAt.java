package io.sluice.testing;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.SourceRows;
import io.sluice.time.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/** A source that is looked at and never read, as by a plan. */
public record LookedAt(Function<Interval, Look> seen) implements Source {
  @Override
  public Map<Interval, Look> look(List<Interval> intervals, KnownItems known) {
    Map<Interval, Look> looks = new HashMap<>();
    intervals.forEach(interval -> looks.put(interval, seen.apply(interval)));
    return looks;
  }

  @Override
  public SourceRows read(SparkSession spark, Map<Interval, Look> looks) {
    throw new AssertionError("What only looks has read a source: " + looks.keySet());
  }
}
