package io.sluice.ledger;

import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.util.Optional;

/**
 * One job and intervals that a plan put together.
 *
 * @param state {@code running}, {@code made}, {@code failed}, {@code skipped}, {@code unchanged} or
 *     {@code cancelled}
 */
public record TaskRow(
    String id,
    String run,
    String job,
    IntervalSet intervals,
    String reasons,
    Instant startedAt,
    Optional<Instant> endedAt,
    String state,
    String message) {}
