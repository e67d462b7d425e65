package io.sluice.run;

import io.sluice.lake.RetrySpec;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait before the next try: longer each time, and not all at the same moment. */
record Backoff(RetrySpec spec, DoubleSupplier random) {

  /**
   * @param failures so far, from 1
   */
  Duration after(int failures) {
    double millis = spec.delay().toMillis() * Math.pow(spec.factor(), failures - 1);
    double longest = Math.min(millis, spec.maxDelay().toMillis());
    return Duration.ofMillis(Math.round(longest * (0.5 + random.getAsDouble() / 2)));
  }
}
