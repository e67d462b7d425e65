package io.sluice.ledger;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Positions moved between the reading of an input's log and {@link Ledger#attemptMade}. Nothing was
 * written; the caller works out {@link MadeFacts#touched} from the positions told here and calls
 * again.
 */
public final class StalePosition extends LedgerException {
  private static final long serialVersionUID = 1;

  private final transient Map<String, Long> positions;

  StalePosition(String job, Map<String, Long> positions) {
    super(
        "%s read logs from other positions than these: %s"
            .formatted(
                job,
                new TreeMap<>(positions)
                    .entrySet().stream()
                        .map(position -> position.getKey() + " at " + position.getValue())
                        .collect(Collectors.joining(", "))));
    this.positions = Map.copyOf(positions);
  }

  /** Where the job now stands in the log of each input that has moved. */
  public Map<String, Long> positions() {
    return positions;
  }
}
