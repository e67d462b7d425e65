package io.sluice.laws;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** A run that something may go wrong with, and how it may end. */
final class FaultyRun {
  private static final Set<Integer> HONEST = Set.of(0, 1, 3);

  private FaultyRun() {}

  /**
   * @param remark what is done to it
   * @return its exit code
   */
  static int of(Ground ground, CampaignLake lake, List<String> words, String remark)
      throws IOException, InterruptedException {
    try (SluiceProcess process = SluiceProcess.start(lake, words)) {
      int exit = process.exit();
      String line = process.lastLine();
      ground.log().say("%s: %s (%s) -> %d: %s", lake.name(), process.command(), remark, exit, line);
      ground.log().count(exit == 0 ? "runs that made all the same" : "runs with exit " + exit, 1);
      if (!HONEST.contains(exit)) {
        ground.log().wrong("%s: exit %d: %s", lake.name(), exit, line);
      } else if (exit != 0
          && !line.contains("(transient)")
          && !line.contains("may pass by itself")) {
        ground
            .log()
            .wrong("%s: this may pass by itself, and is not said to: %s", lake.name(), line);
      }
      return exit;
    }
  }
}
