package io.sluice.laws;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Kills drivers: at named points, in takeovers and at any moment, several in one lake. */
final class Kills implements Part {

  /** What the kills of one lake are, four in nine at named points, one in a takeover. */
  private static final List<Way> OF_A_LAKE =
      List.of(
          Way.NAMED,
          Way.NAMED,
          Way.NAMED,
          Way.NAMED,
          Way.TAKEOVER,
          Way.MOMENT,
          Way.MOMENT,
          Way.MOMENT,
          Way.MOMENT);

  /** In this order, over and over. */
  private static final List<String> POINTS =
      List.of(
          "before-stage",
          "after-stage",
          "after-quarantine",
          "before-commit",
          "after-commit",
          "before-ledger",
          "before-quarantine",
          "after-ledger",
          "after-attempt",
          "after-lease");

  private static final List<String> WITH_QUARANTINE = List.of("raw.sales", "analysis.fact_sale");

  private static final String WENT_ON = " (went on)";

  /** What does not come to its point, or ends before its moment, is tried again. */
  private static final int TRIES = 4;

  private final int whole;
  private final boolean onObjectStorage;
  private int nextPoint;

  private enum Way {
    NAMED,
    TAKEOVER,
    MOMENT
  }

  /**
   * @param whole how many in all, at one hour
   */
  Kills(int whole, boolean onObjectStorage) {
    this.whole = whole;
    this.onObjectStorage = onObjectStorage;
  }

  @Override
  public void run(Ground ground) throws IOException, InterruptedException {
    Undisturbed undisturbed = Undisturbed.of(ground);
    int kills = ground.times(whole);
    int done = 0;
    for (int number = 1; done < kills; number++) {
      CampaignLake lake = lake(ground, number);
      List<Way> ways = new ArrayList<>(OF_A_LAKE);
      Collections.shuffle(ways, ground.random());
      // Where there is no table yet nothing is taken over.
      ways.remove(Way.TAKEOVER);
      ways.add(ground.between(2, ways.size()), Way.TAKEOVER);
      for (Way way : ways.subList(0, Math.min(ways.size(), kills - done))) {
        done += isKilled(ground, lake, way, undisturbed) ? 1 : 0;
      }
      Ending.of(ground, lake, undisturbed);
    }
  }

  private CampaignLake lake(Ground ground, int number) {
    Path folder = ground.work().resolve("lake" + number);
    return onObjectStorage
        ? CampaignLake.sample(
            folder,
            "s3a://%s/kills%d".formatted(Storage.BUCKET, number),
            ground.storage().settings(),
            "")
        : CampaignLake.sample(folder, folder.resolve("lake").toString(), Map.of(), "");
  }

  private boolean isKilled(Ground ground, CampaignLake lake, Way way, Undisturbed undisturbed)
      throws IOException, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      boolean killed =
          switch (way) {
            case NAMED -> atAPoint(ground, lake);
            case TAKEOVER -> inATakeover(ground, lake);
            case MOMENT -> atAMoment(ground, lake, undisturbed);
          };
      if (killed) {
        return true;
      }
      ground.log().count("commands that ended before they could be killed", 1);
    }
    return false;
  }

  // ---- at a point

  private boolean atAPoint(Ground ground, CampaignLake lake)
      throws IOException, InterruptedException {
    String point = POINTS.get(nextPoint % POINTS.size());
    String table =
        any(ground, point.endsWith("quarantine") ? WITH_QUARANTINE : CampaignLake.SAMPLE);
    List<String> words = new ArrayList<>();
    int time = 1;
    if (!isMade(lake)) {
      words.add("run");
    } else {
      int first = ground.between(0, CampaignLake.DAYS - 6);
      words.addAll(lake.backfill(table, CampaignLake.day(first), CampaignLake.day(first + 5)));
      time = ground.between(1, 2);
    }
    words.add("--fault");
    words.add("kill-%s:%s%s".formatted(point, table, time == 1 ? "" : "@" + time));
    try (SluiceProcess process = SluiceProcess.start(lake, words)) {
      if (!ended(ground, lake, process, "").isKilled()) {
        return false;
      }
    }
    nextPoint++;
    ground.log().count("kills", 1);
    ground.log().count("of them at named points", 1);
    ground.log().count("of these " + place(point), 1);
    return true;
  }

  /** Whether there is something to be made again of each table. */
  private static boolean isMade(CampaignLake lake) {
    return lake.version(CampaignLake.SAMPLE.get(4)).isPresent();
  }

  /** The point as it lies between two steps. */
  private static String place(String point) {
    return switch (point) {
      case "after-quarantine" -> "after-quarantine (between quarantine and commit)";
      case "after-commit", "before-ledger" -> point + " (between commit and ledger)";
      default -> point;
    };
  }

  // ---- in a takeover

  /** One stands still in the middle of a task until its lease is over; who takes over is killed. */
  private boolean inATakeover(Ground ground, CampaignLake lake)
      throws IOException, InterruptedException {
    String table =
        any(ground, isMade(lake) ? CampaignLake.SAMPLE : CampaignLake.SAMPLE.subList(0, 2));
    LocalDate first = CampaignLake.day(ground.between(0, CampaignLake.DAYS - 3));
    String stop = any(ground, List.of("after-stage", "before-commit", "after-commit"));
    String point = any(ground, List.of("before-fence", "after-fence"));
    List<String> words = new ArrayList<>(lake.backfill(table, first, first.plusDays(2)));
    words.addAll(List.of("--fault", "pause-%s:%s".formatted(stop, table)));
    try (SluiceProcess paused = SluiceProcess.start(lake, words)) {
      if (!paused.awaitsToGoOn()) {
        ended(ground, lake, paused, "");
        return false;
      }
      ground.log().say("%s: %s stands still", lake.name(), paused.command());
      List<String> second = new ArrayList<>(lake.backfill(table, first, first.plusDays(2)));
      second.addAll(List.of("--fault", "kill-%s:%s".formatted(point, table)));
      boolean isKilled;
      try (SluiceProcess taker = SluiceProcess.start(lake, second)) {
        isKilled = ended(ground, lake, taker, "").isKilled();
      }
      if (ground.chance(50)) {
        paused.goOn();
        Ended late = ended(ground, lake, paused, WENT_ON);
        if (late.exit() == 2 || late.exit() < 0) {
          ground.log().wrong("%s: exit %d: %s", lake.name(), late.exit(), late.line());
        }
        ground.log().count("stopped drivers that went on after somebody had taken over", 1);
      } else {
        paused.kill();
        ground.log().say("%s: the one that stood still is killed", lake.name());
        ground.log().count("stopped drivers that were killed as well", 1);
      }
      if (isKilled) {
        ground.log().count("kills", 1);
        ground.log().count("of them at named points", 1);
        ground.log().count("of these %s (in a takeover)".formatted(point), 1);
      }
      return isKilled;
    }
  }

  // ---- at any moment

  private static boolean atAMoment(Ground ground, CampaignLake lake, Undisturbed undisturbed)
      throws IOException, InterruptedException {
    List<String> words;
    if (!isMade(lake)) {
      words = List.of("run");
    } else if (ground.chance(5)) {
      words = List.of("care", "--now");
    } else if (ground.chance(50)) {
      for (int i = 0; i < 3; i++) {
        lake.change(CampaignLake.day(ground.between(0, CampaignLake.DAYS - 1)));
      }
      words = List.of("run", "--all-sources");
    } else {
      int first = ground.between(0, CampaignLake.DAYS - 4);
      words =
          lake.backfill(
              "",
              CampaignLake.day(first),
              CampaignLake.day(ground.between(first + 3, CampaignLake.DAYS - 1)));
    }
    // Later than that, most have ended.
    long millis = ground.between(1500, (int) Math.max(4000, undisturbed.millis() * 2 / 3));
    try (SluiceProcess process = SluiceProcess.start(lake, words)) {
      if (!process.endsWithin(millis)) {
        process.kill();
      }
      if (!ended(ground, lake, process, " (%d ms)".formatted(millis)).isKilled()) {
        return false;
      }
    }
    ground.log().count("kills", 1);
    ground.log().count("of them at any moment", 1);
    return true;
  }

  // ---- how they ended

  private record Ended(int exit, String line) {
    boolean isKilled() {
      return exit == SluiceProcess.KILLED;
    }
  }

  /** Nothing fails here but who is killed, and who finds its job taken over. */
  private static Ended ended(Ground ground, CampaignLake lake, SluiceProcess process, String remark)
      throws IOException, InterruptedException {
    int exit = process.exit();
    String line = process.lastLine();
    ground
        .log()
        .say(
            "%s: %s -> %d%s%s",
            lake.name(),
            process.command(),
            exit,
            remark,
            exit == SluiceProcess.KILLED ? "" : ": " + line);
    if (exit != 0 && exit != SluiceProcess.KILLED && !remark.equals(WENT_ON)) {
      ground.log().wrong("%s: exit %d: %s", lake.name(), exit, line);
    }
    return new Ended(exit, line);
  }

  private static String any(Ground ground, List<String> all) {
    return all.get(ground.random().nextInt(all.size()));
  }
}
