package io.sluice.laws;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs whose requests to object storage are harmed on their way, ten in a lake. */
final class StorageFaults implements Part {
  private static final int RUNS = 70;
  private static final int IN_A_LAKE = 10;

  /** Fewer tries than Hadoop has by itself, so that more of it comes to Sluice. */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "fs.s3a.attempts.maximum", "2",
          "fs.s3a.retry.limit", "3",
          "fs.s3a.retry.interval", "200ms",
          "fs.s3a.retry.throttle.limit", "3",
          "fs.s3a.retry.throttle.interval", "200ms",
          "fs.s3a.connection.timeout", "15s");

  @Override
  public void run(Ground ground) throws IOException, InterruptedException {
    Undisturbed undisturbed = Undisturbed.of(ground);
    int runs = ground.times(RUNS);
    try (HarmfulWire wire = new HarmfulWire(ground.storage().port(), ground.random())) {
      Map<String, String> settings = new HashMap<>(ground.storage().settings());
      settings.put("fs.s3a.endpoint", wire.endpoint());
      settings.putAll(IMPATIENT);
      int done = 0;
      for (int number = 1; done < runs; number++) {
        CampaignLake lake =
            CampaignLake.sample(
                ground.work().resolve("storage" + number),
                "s3a://%s/faults%d".formatted(Storage.BUCKET, number),
                settings,
                "");
        for (int i = 0; i < IN_A_LAKE && done < runs; i++, done++) {
          harmed(ground, lake, wire);
        }
        Ending.of(ground, lake, undisturbed);
      }
    }
  }

  private static void harmed(Ground ground, CampaignLake lake, HarmfulWire wire)
      throws IOException, InterruptedException {
    boolean isOutage = ground.chance(20);
    int rate = isOutage ? 0 : List.of(5, 20, 60, 150).get(ground.random().nextInt(4));
    List<String> words = words(ground, lake);
    wire.harms(rate, isOutage ? ground.between(5, 200) : Integer.MAX_VALUE);
    FaultyRun.of(ground, lake, words, isOutage ? "outage" : rate / 10.0 + " %");
    wire.isCalm();
    Map<Harm, Integer> done = wire.takeDone();
    ground.log().say("%s: harmed requests: %s", lake.name(), done);
    done.forEach((harm, count) -> ground.log().count("requests: " + harm.word(), count));
    ground.log().count(done.isEmpty() ? "runs without a fault" : "runs with faults of S3", 1);
  }

  private static List<String> words(Ground ground, CampaignLake lake) throws IOException {
    if (lake.version(CampaignLake.SAMPLE.get(0)).isEmpty() || ground.chance(40)) {
      lake.change(CampaignLake.day(ground.between(4, CampaignLake.DAYS - 1)));
      return List.of("run", "--all-sources");
    }
    int first = ground.between(0, CampaignLake.DAYS - 4);
    String table = ground.chance(15) ? "" : CampaignLake.SAMPLE.get(ground.between(0, 4));
    return lake.backfill(table, CampaignLake.day(first), CampaignLake.day(first + 3));
  }
}
