package io.sluice.source.rest;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Tries again what may pass, after a pause that grows, or as long as the API asks for. */
record Tries(Clock clock, Sleeper sleeper, DoubleSupplier chance) {
  private static final int MOST = 4;
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** One try. */
  @FunctionalInterface
  interface Once<T> {
    T run() throws RestFault, IOException, InterruptedException;
  }

  <T> T run(Once<T> once) throws RestFault, IOException, InterruptedException {
    for (int tried = 1; ; tried++) {
      try {
        return once.run();
      } catch (RestFault fault) {
        if (!fault.isPassing()) {
          throw fault;
        }
        Duration pause = fault.pause().orElse(backoff(tried));
        if (pause.compareTo(LONGEST) > 0) {
          throw fault.saying(
              "%s; it wants not to be asked again before %s"
                  .formatted(fault.message(), clock.instant().plus(pause)));
        }
        if (tried == MOST) {
          throw fault.saying("%s; tried %d times".formatted(fault.message(), MOST));
        }
        sleeper.sleep(pause);
      }
    }
  }

  /** Twice as long each time, and not all at once. */
  private Duration backoff(int tried) {
    long millis = FIRST.toMillis() << (tried - 1);
    return Duration.ofMillis((long) (millis * (0.5 + chance.getAsDouble())));
  }
}
