package io.sluice.quality;

import io.sluice.time.Interval;

/**
 * An interval that breaks a rule.
 *
 * @param figure what was found, as a person reads it: {@code 3 rows twice, such as (17, A)}
 */
public record Violation(Interval interval, String rule, String figure) {}
