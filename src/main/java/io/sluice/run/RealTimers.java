package io.sluice.run;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Timers on one daemon thread. */
public final class RealTimers implements Pace.Timers {
  private static final System.Logger LOG = System.getLogger(RealTimers.class.getName());

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "sluice-timer");
            thread.setDaemon(true);
            return thread;
          });

  @Override
  public Pace.Timer after(Duration delay, Runnable what) {
    Future<?> future = executor.schedule(careful(what), delay.toMillis(), TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public Pace.Timer every(Duration period, Runnable what) {
    long millis = period.toMillis();
    Future<?> future =
        executor.scheduleWithFixedDelay(careful(what), millis, millis, TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** An executor never again does what once has thrown. */
  private static Runnable careful(Runnable what) {
    return () -> {
      try {
        what.run();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "What was to be done later failed", e);
      }
    };
  }
}
