package io.sluice.ledger;

import java.util.Optional;

/**
 * The right to work at a job, for a time.
 *
 * @param token counts up each time that another holder takes the job's lease
 * @param takenFrom who held it before and never gave it back, where the job's table may still take
 *     a commit of that one's
 */
public record Lease(String job, long token, Optional<String> takenFrom) {}
