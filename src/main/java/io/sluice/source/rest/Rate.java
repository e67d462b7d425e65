package io.sluice.source.rest;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** So many requests a second at most, whoever asks; the first ones are not saved up for. */
final class Rate {
  /** By API: several tasks ask the same one side by side. */
  private static final Map<String, Rate> SHARED = new ConcurrentHashMap<>();

  private long apart;
  private final LongSupplier nanos;
  private long free;

  Rate(double aSecond, LongSupplier nanos) {
    this.apart = (long) (1e9 / aSecond);
    this.nanos = nanos;
    this.free = nanos.getAsLong();
  }

  /** Of those who ask the same API, the most careful one decides. */
  static Rate shared(String api, double aSecond) {
    Rate rate = SHARED.computeIfAbsent(api, unknown -> new Rate(aSecond, System::nanoTime));
    rate.slowTo(aSecond);
    return rate;
  }

  synchronized void slowTo(double aSecond) {
    apart = Math.max(apart, (long) (1e9 / aSecond));
  }

  void await(Sleeper sleeper) throws InterruptedException {
    Duration pause = Duration.ofNanos(reserve());
    if (!pause.isZero()) {
      sleeper.sleep(pause);
    }
  }

  private synchronized long reserve() {
    long now = nanos.getAsLong();
    long mine = Math.max(now, free);
    free = mine + apart;
    return mine - now;
  }
}
