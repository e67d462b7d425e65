package io.sluice.laws;

import io.sluice.testing.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Kills and faults by the hundred, from one seed. {@code -Dcampaign.hours=1} does as many as
 * docs/reliability.md tells of; {@code -Dcampaign.only=kills} one kind of them.
 *
 * <p>Arguments: a folder for the lakes, the log's file.
 */
public final class Campaign {
  private Campaign() {}

  public static void main(String[] args) throws Exception {
    double hours = Double.parseDouble(System.getProperty("campaign.hours", "1"));
    long seed = Long.getLong("campaign.seed", 1);
    String only = System.getProperty("campaign.only", "");
    Path work = Files.createTempDirectory(Files.createDirectories(Path.of(args[0])), "campaign");
    int wrong;
    try (CampaignLog log = new CampaignLog(Path.of(args[1]));
        S3Server storage = new S3Server(work.resolve("s3"), "lake")) {
      Map<String, String> settings = storage.settingsOfHadoop();
      settings.forEach((key, value) -> System.setProperty("spark.hadoop." + key, value));
      log.say("seed %d, %.2f hours", seed, hours);
      Path first = work.resolve("undisturbed");
      CampaignLake undisturbed = CampaignLake.at(first, first.resolve("lake").toString(), Map.of());
      undisturbed.lake().run();
      if ("kills".contains(only)) {
        Kills kills = new Kills(log, seed, undisturbed);
        kills.run(
            "local",
            (int) Math.round(100 * hours),
            work,
            lake -> work.resolve("local-" + lake).resolve("lake").toString(),
            Map.of());
        kills.run(
            "s3", (int) Math.round(50 * hours), work, lake -> "s3a://lake/s3-" + lake, settings);
      }
      wrong = log.allWrong();
      log.say("%d things wrong", wrong);
    }
    System.exit(wrong == 0 ? 0 : 1);
  }
}
