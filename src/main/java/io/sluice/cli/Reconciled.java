package io.sluice.cli;

import io.sluice.time.Interval;
import java.util.OptionalLong;

/**
 * An interval's rows in the source and in the lake.
 *
 * @param source empty where it can't say
 * @param table written
 * @param quarantined turned away
 * @param why what a person is told where the source can't say
 */
public record Reconciled(
    Interval interval, OptionalLong source, long table, long quarantined, String why) {

  /** How many rows the lake has too many; negative for those that it lacks. */
  OptionalLong surplus() {
    return source.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(table + quarantined - source.getAsLong());
  }

  /** Whether it is known that they are not the same. */
  boolean differs() {
    return surplus().orElse(0) != 0;
  }
}
