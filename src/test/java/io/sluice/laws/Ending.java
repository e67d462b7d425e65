package io.sluice.laws;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The end of a lake's life: nobody does anything by hand but run it, and all is as it should be.
 */
final class Ending {
  private Ending() {}

  /** True where it is. */
  static boolean of(Ground ground, CampaignLake lake, Undisturbed undisturbed)
      throws IOException, InterruptedException {
    return of(ground, lake, undisturbed.lake());
  }

  static boolean of(Ground ground, CampaignLake lake, CampaignLake undisturbed)
      throws IOException, InterruptedException {
    lake.changeBack();
    ground.log().count("lakes", 1);
    if (!hasRun(ground, lake)) {
      ground.log().count("lakes that were wrong at their end", 1);
      return false;
    }
    Proof.Found found = looked(lake, undisturbed);
    ground
        .log()
        .say(
            "%s: its end: %d attempts, %d receipts, %d things wrong",
            lake.name(),
            found.attempts().values().stream().mapToLong(Long::longValue).sum(),
            found.receipts(),
            found.faults().size());
    found.attempts().forEach((state, count) -> ground.log().count("attempts " + state, count));
    ground.log().count("receipts", found.receipts());
    found.faults().forEach(fault -> ground.log().wrong("%s: %s", lake.name(), fault));
    if (!found.faults().isEmpty()) {
      ground.log().count("lakes that were wrong at their end", 1);
    }
    return found.faults().isEmpty();
  }

  private static Proof.Found looked(CampaignLake lake, CampaignLake undisturbed) {
    try {
      return Proof.of(lake, undisturbed);
    } catch (RuntimeException | AssertionError e) {
      return new Proof.Found(List.of("it can't be looked at: " + e), Map.of(), 0);
    }
  }

  /** The last run, to which nothing happens. */
  static boolean hasRun(Ground ground, CampaignLake lake) throws IOException, InterruptedException {
    try (SluiceProcess last = SluiceProcess.start(lake, List.of("run", "--all-sources"))) {
      int exit = last.exit();
      if (exit != 0) {
        ground
            .log()
            .wrong("%s: the last run ended with %d: %s", lake.name(), exit, last.lastLine());
        return false;
      }
    }
    return true;
  }
}
