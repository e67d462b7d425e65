package io.sluice.laws;

import io.sluice.rehearsal.FaultPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Kills drivers at named points and at any moment, several in one lake, and looks what became of it. */
final class Kills {
  private static final int IN_A_LAKE = 5;

  private final CampaignLog log;
  private final Random random;
  private final CampaignLake undisturbed;
  private int named;
  private int atRandom;
  private int unreached;

  Kills(CampaignLog log, long seed, CampaignLake undisturbed) {
    this.log = log;
    this.random = new Random(seed);
    this.undisturbed = undisturbed;
  }

  /**
   * @param roots root of the tables of a lake, by its number
   */
  void run(
      String name,
      int kills,
      Path work,
      java.util.function.IntFunction<String> roots,
      Map<String, String> storage)
      throws IOException, InterruptedException {
    int lakes = 0;
    int wrong = 0;
    for (int done = 0; done < kills; lakes++) {
      CampaignLake lake =
          CampaignLake.at(work.resolve("%s-%d".formatted(name, lakes)), roots.apply(lakes), storage);
      int here = Math.min(IN_A_LAKE, kills - done);
      for (int killed = 0, tries = 0; killed < here && tries < 4 * IN_A_LAKE; tries++) {
        if (kill(lake)) {
          killed++;
          done++;
        }
      }
      if (!ends(lake)) {
        wrong++;
      }
    }
    log.say(
        "%s: %d lakes, %d kills (%d at named points, %d at random moments; %d points not reached), %d lakes wrong",
        name, lakes, named + atRandom, named, atRandom, unreached, wrong);
    named = 0;
    atRandom = 0;
    unreached = 0;
  }

  /** True where the driver was killed before it came to its end. */
  private boolean kill(CampaignLake lake) throws IOException, InterruptedException {
    List<String> words = command();
    boolean byName = random.nextInt(100) < 60;
    if (byName) {
      words.add("--fault");
      words.add(fault());
    }
    long millis = 1000 + random.nextInt(12_000);
    try (SluiceProcess process = SluiceProcess.start(lake.folder(), words)) {
      if (!byName && !process.endsWithin(millis)) {
        process.kill();
      }
      int exit = process.exit();
      log.say(
          "%s: %s -> %d%s",
          lake.folder().getFileName(),
          String.join(" ", words),
          exit,
          byName ? "" : " (after %d ms)".formatted(millis));
      if (exit == SluiceProcess.KILLED) {
        named += byName ? 1 : 0;
        atRandom += byName ? 0 : 1;
        return true;
      }
      if (exit != 0) {
        log.wrong("exit %d: %s", exit, process.lastLine());
      }
      unreached += byName ? 1 : 0;
      return false;
    }
  }

  private List<String> command() {
    if (random.nextInt(10) < 6) {
      return new ArrayList<>(List.of("run"));
    }
    int first = random.nextInt(CampaignLake.DAYS);
    int last = Math.min(CampaignLake.DAYS - 1, first + random.nextInt(4));
    return new ArrayList<>(
        List.of(
            "backfill",
            "--select",
            table(),
            "--from",
            day(first).toString(),
            "--to",
            day(last).toString()));
  }

  private String fault() {
    FaultPoint point = FaultPoint.values()[random.nextInt(FaultPoint.values().length)];
    return "kill-%s-%s:%s%s"
        .formatted(
            random.nextBoolean() ? "before" : "after",
            point.word(),
            table(),
            random.nextBoolean() ? "" : "@" + (2 + random.nextInt(3)));
  }

  private String table() {
    return CampaignLake.TABLES.get(random.nextInt(CampaignLake.TABLES.size()));
  }

  private static LocalDate day(int number) {
    return SampleExtract.FIRST.plusDays(number);
  }

  /** Nobody does anything by hand: the next run, and all is as it should be. */
  private boolean ends(CampaignLake lake) throws IOException, InterruptedException {
    try (SluiceProcess last = SluiceProcess.start(lake.folder(), List.of("run"))) {
      int exit = last.exit();
      if (exit != 0) {
        log.wrong("the last run ended with %d: %s", exit, last.lastLine());
        return false;
      }
    }
    List<String> faults = lake.faults(undisturbed);
    faults.forEach(fault -> log.wrong("%s: %s", lake.folder().getFileName(), fault));
    return faults.isEmpty();
  }
}
