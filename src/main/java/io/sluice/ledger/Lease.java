package io.sluice.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The right to work at a job, for a time.
 *
 * @param token counts up each time that another holder takes the job's lease; a ledger that finds
 *     work of another one goes on from the seconds since 2020
 * @param takenFrom who held it before and never gave it back, where the job's table may still take
 *     a commit of that one's
 */
public record Lease(String job, long token, Optional<String> takenFrom) {
  private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");

  /** Above all that ledgers have given out which were begun before. */
  public static long tokenOfANewLedger(Instant now) {
    return Math.max(0, Duration.between(FIRST, now).toSeconds());
  }
}
