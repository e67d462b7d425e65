package io.sluice.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * One execution of a plan.
 *
 * @param command what the user typed, without secrets
 * @param holder host, process and a random part: who holds this run's leases
 */
public record RunRow(
    String id,
    String command,
    String holder,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<Integer> exit,
    String lastLine) {}
