package io.sluice.lake;

import java.time.Duration;

/**
 * How often and how long apart a task is tried again.
 *
 * @param attempts tries in all, from 1
 */
public record RetrySpec(int attempts, Duration delay, double factor, Duration maxDelay) {
  public static final RetrySpec DEFAULT =
      new RetrySpec(3, Duration.ofSeconds(5), 2, Duration.ofMinutes(10));
}
