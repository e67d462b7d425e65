package io.sluice.ledger;

import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Intervals that a person counts as made.
 *
 * @param id as its attempt is called in the history
 * @param version the newest of the job's table then; -1 where there was none
 * @param items what the source had of them then, so that this is no reason to make them again
 */
public record Accepted(
    String id,
    String job,
    IntervalSet intervals,
    String definition,
    String reason,
    Instant at,
    long version,
    Map<Interval, List<SourceItem>> items) {

  public Accepted {
    items = Map.copyOf(items);
  }
}
