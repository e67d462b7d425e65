package io.sluice.run;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Time as a run sees it.
 *
 * @param random from 0 to 1, to spread what would else happen at once
 */
public record Pace(Clock clock, Pause pause, Timers timers, DoubleSupplier random) {

  /** Waits. */
  @FunctionalInterface
  public interface Pause {
    Pause REAL = (woken, longest) -> woken.await(longest.toMillis(), TimeUnit.MILLISECONDS);

    /** Returns after this time, or as soon as the latch opens. */
    void await(CountDownLatch woken, Duration longest) throws InterruptedException;
  }

  /** Does things later, on threads of its own. */
  public interface Timers extends AutoCloseable {

    Timer after(Duration delay, Runnable what);

    Timer every(Duration period, Runnable what);

    @Override
    void close();
  }

  /** Something that is still to be done. */
  @FunctionalInterface
  public interface Timer extends AutoCloseable {
    @Override
    void close();
  }
}
