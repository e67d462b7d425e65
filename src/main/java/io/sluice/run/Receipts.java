package io.sluice.run;

import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.MadeFacts;
import java.util.Optional;

/** Finds what attempts left in the logs of their tables. */
@FunctionalInterface
public interface Receipts {

  /**
   * What the attempt published, by the receipt in its table's log after {@code baseVersion}; empty
   * where there is none.
   */
  Optional<MadeFacts> landed(AttemptRow attempt);
}
