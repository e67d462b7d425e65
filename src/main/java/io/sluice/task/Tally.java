package io.sluice.task;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.util.AccumulatorV2;
import org.jspecify.annotations.Nullable;

/**
 * Counts rows that are not simply good while they pass, by interval and rule. A signal rather than
 * a measure: rows of a repeated Spark task are counted again.
 */
final class Tally extends AccumulatorV2<Tally.Seen, Map<Tally.Key, Tally.Count>> {
  private static final long serialVersionUID = 1;

  /**
   * @param interval key of the interval; NULL where the row has none
   * @param rule name of the rule
   */
  record Key(@Nullable Long interval, String rule) implements java.io.Serializable {}

  record Seen(Key key, @Nullable String example) implements java.io.Serializable {}

  record Count(long rows, @Nullable String example) implements java.io.Serializable {
    Count plus(Count other) {
      return new Count(rows + other.rows, example == null ? other.example : example);
    }
  }

  private final Map<Key, Count> counts = new HashMap<>();

  @Override
  public synchronized boolean isZero() {
    return counts.isEmpty();
  }

  @Override
  public synchronized Tally copy() {
    Tally copy = new Tally();
    copy.counts.putAll(counts);
    return copy;
  }

  @Override
  public synchronized void reset() {
    counts.clear();
  }

  @Override
  public synchronized void add(Seen seen) {
    counts.merge(seen.key(), new Count(1, seen.example()), Count::plus);
  }

  @Override
  public synchronized void merge(AccumulatorV2<Seen, Map<Key, Count>> other) {
    other.value().forEach((key, count) -> counts.merge(key, count, Count::plus));
  }

  @Override
  public synchronized Map<Key, Count> value() {
    return new HashMap<>(counts);
  }
}
