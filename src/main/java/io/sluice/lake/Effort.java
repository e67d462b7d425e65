package io.sluice.lake;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How hard a job is tried, and how its table is kept.
 *
 * @param batch at most so many intervals a task
 * @param batchReason why {@code batch} is 1, where the SQL forced it: operator and line
 * @param spark settings of the session in which its tasks run
 */
public record Effort(
    int batch,
    Optional<String> batchReason,
    RetrySpec retry,
    Optional<Duration> timeout,
    Map<String, String> spark,
    CareSpec care) {

  /** Where days can't mix and nothing else is said. */
  public static final int DEFAULT_BATCH = 31;

  /** With the usual care. */
  public Effort(
      int batch,
      Optional<String> batchReason,
      RetrySpec retry,
      Optional<Duration> timeout,
      Map<String, String> spark) {
    this(batch, batchReason, retry, timeout, spark, CareSpec.DEFAULT);
  }

  public Effort {
    spark = Map.copyOf(spark);
  }
}
