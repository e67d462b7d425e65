package io.sluice.laws;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A lake like those that harm is done to, and to which nothing happens.
 *
 * @param millis that its first run took, all of the process
 */
record Undisturbed(CampaignLake lake, long millis) {

  /**
   * Made by processes as those that are killed, of which the first prepares faster starts of the
   * launcher.
   */
  static Undisturbed of(Ground ground) throws IOException, InterruptedException {
    Path folder = ground.work().resolve("undisturbed");
    CampaignLake lake =
        CampaignLake.sample(folder, folder.resolve("lake").toString(), Map.of(), "");
    if (SluiceProcess.isLaunched()) {
      run(lake, List.of("run", "--to", CampaignLake.day(0).toString(), "--select", "raw.fx_rate"));
    }
    long began = System.nanoTime();
    run(lake, List.of("run"));
    long millis = (System.nanoTime() - began) / 1_000_000;
    ground.log().say("undisturbed: all of it made by one process in %d ms", millis);
    return new Undisturbed(lake, millis);
  }

  private static void run(CampaignLake lake, List<String> words)
      throws IOException, InterruptedException {
    try (SluiceProcess process = SluiceProcess.start(lake, words)) {
      if (process.exit() != 0) {
        throw new IllegalStateException("The undisturbed lake fails:\n" + process.screen());
      }
    }
  }
}
