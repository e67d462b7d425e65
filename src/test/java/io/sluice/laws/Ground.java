package io.sluice.laws;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/**
 * What a part works on and with.
 *
 * @param work a folder of its own
 * @param hours how much of it is asked for; 1 is all that issue and page tell of
 */
record Ground(Path work, double hours, Random random, Optional<Storage> server, CampaignLog log) {

  /** The object storage, of a part that works on one. */
  Storage storage() {
    return server.orElseThrow();
  }

  /** A count of the whole, scaled to what is asked for. */
  int times(int whole) {
    return Math.max(1, (int) Math.round(whole * hours));
  }

  /** A number from the first to the last, both included. */
  int between(int first, int last) {
    return first + random.nextInt(last - first + 1);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
