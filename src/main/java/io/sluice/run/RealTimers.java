package io.sluice.run;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Timers on one daemon thread. */
public final class RealTimers implements Pace.Timers {
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "sluice-timer");
            thread.setDaemon(true);
            return thread;
          });

  @Override
  public Pace.Timer after(Duration delay, Runnable what) {
    Future<?> future = executor.schedule(what, delay.toMillis(), TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public Pace.Timer every(Duration period, Runnable what) {
    long millis = period.toMillis();
    Future<?> future = executor.scheduleWithFixedDelay(what, millis, millis, TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
