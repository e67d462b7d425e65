package io.sluice.lake;

import java.util.List;

/**
 * What rows and intervals must be like.
 *
 * @param limitPercent share of quarantined rows of an interval above which, if they are more than
 *     {@link #FEW} too, the interval fails
 */
public record Quality(List<RowRule> expect, double limitPercent, List<TableRule> require) {

  /** So many bad rows never fail an interval. */
  public static final long FEW = 10;

  public static final double DEFAULT_LIMIT_PERCENT = 5;

  public Quality {
    expect = List.copyOf(expect);
    require = List.copyOf(require);
  }

  /** Whether so many bad rows of so many are too many. */
  public boolean isOverLimit(long quarantined, long received) {
    return quarantined > FEW && quarantined * 100.0 > limitPercent * received;
  }
}
