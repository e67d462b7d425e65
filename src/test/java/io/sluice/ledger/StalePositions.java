package io.sluice.ledger;

import java.util.Map;

/** Makes what only a ledger makes. */
public final class StalePositions {
  private StalePositions() {}

  public static StalePosition of(String job) {
    return new StalePosition(job, Map.of());
  }
}
