package io.sluice.run;

import io.sluice.time.Interval;
import java.time.Duration;
import java.util.List;

/**
 * What is done about a failure.
 *
 * @param pause before anything of it
 * @param parts still to be made, in order
 * @param failed given up
 * @param held not tried, because they come after one that is given up
 * @param word as people read it
 */
record Remedy(
    Duration pause, List<Part> parts, List<Interval> failed, List<Interval> held, String word) {
  Remedy {
    parts = List.copyOf(parts);
    failed = List.copyOf(failed);
    held = List.copyOf(held);
  }
}
