package io.sluice.run;

import io.sluice.ledger.Ledger;
import io.sluice.ledger.MadeFacts;
import io.sluice.ledger.StalePosition;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells the ledger of a published attempt. Others that read the inputs' logs for the job move its
 * positions; then what they touched is worked out anew.
 */
public final class Keeping {
  private static final int MOST = 20;

  private Keeping() {}

  /**
   * @param facts asked for again where they are true no more
   */
  public static void keep(Ledger ledger, Clock clock, String attempt, Supplier<MadeFacts> facts) {
    for (int tries = 1; ; tries++) {
      try {
        ledger.attemptMade(attempt, clock.instant(), facts.get());
        return;
      } catch (StalePosition moved) {
        if (tries == MOST) {
          throw moved;
        }
      }
    }
  }

  /**
   * @param first what is true as far as is known
   * @param again asked where it is not
   */
  static void keep(
      Ledger ledger, Clock clock, String attempt, MadeFacts first, Supplier<MadeFacts> again) {
    Iterator<MadeFacts> known = List.of(first).iterator();
    keep(ledger, clock, attempt, () -> known.hasNext() ? known.next() : again.get());
  }
}
