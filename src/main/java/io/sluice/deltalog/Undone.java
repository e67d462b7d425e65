package io.sluice.deltalog;

import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a commit put back, in its receipt.
 *
 * @param what that was undone: a run, or a table and its dates
 * @param version whose state the whole table has again, -1 for the time before there was one; empty
 *     where intervals were put back by themselves
 * @param origins which commits had made the intervals that count as made again
 * @param unmade intervals that had not been made before; nothing is left of them
 */
public record Undone(String what, OptionalLong version, List<Origin> origins, IntervalSet unmade) {

  public Undone {
    origins = List.copyOf(origins);
  }

  /**
   * The commit that made the rows of some intervals, however often they were undone since.
   *
   * @param attempt under which their quarantined rows lie
   */
  public record Origin(long version, String attempt, String definition, IntervalSet intervals) {}

  /** Where the rows of a restored interval come from. */
  public Optional<Origin> origin(Interval interval) {
    return origins.stream().filter(origin -> origin.intervals().contains(interval)).findFirst();
  }
}
