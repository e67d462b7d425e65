package io.sluice.lake;

import java.time.Duration;
import java.util.Optional;

/**
 * How an API is asked.
 *
 * @param rate requests a second at most
 * @param timeout of one page
 * @param reuse how long pages that were received completely are not asked for again
 * @param mostPages of an interval; more are taken for a fault
 */
public record RestLimits(Optional<Double> rate, Duration timeout, Duration reuse, int mostPages) {}
