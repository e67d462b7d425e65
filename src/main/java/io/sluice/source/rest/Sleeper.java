package io.sluice.source.rest;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Sleeper {
  void sleep(Duration pause) throws InterruptedException;

  /** Waits in fact. */
  static Sleeper real() {
    return pause -> Thread.sleep(pause.toMillis());
  }
}
