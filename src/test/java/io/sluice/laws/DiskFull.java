package io.sluice.laws;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Disks that are full or read-only from some moment on, while a lake is made. */
final class DiskFull implements Part {
  private static final int POINTS = 30;
  private static final int IN_A_LAKE = 10;
  private static final Pattern CLEAR =
      Pattern.compile(
          "No space left|disk is full|database or disk is full|Read-only file"
              + " system|readonly|read-only",
          Pattern.CASE_INSENSITIVE);

  /** What lies on the small disk. */
  private enum On {
    TABLES("the tables' disk"),
    SPARK("the disk of Spark's own files"),
    ALL("the disk of tables, ledger and Spark's files");

    private final String what;

    On(String what) {
      this.what = what;
    }
  }

  @Override
  public void run(Ground ground) throws IOException, InterruptedException {
    Undisturbed undisturbed = Undisturbed.of(ground);
    int points = ground.times(POINTS);
    int done = 0;
    for (int number = 1; done < points; number++) {
      try (SmallDisk disk = SmallDisk.at(ground.work().resolve("disk" + number))) {
        On on = On.values()[(number - 1) % On.values().length];
        CampaignLake lake = lake(ground, disk, on, number);
        for (int i = 0; i < IN_A_LAKE && done < points; i++, done++) {
          point(ground, lake, disk, on, undisturbed);
        }
        Ending.of(ground, lake, undisturbed);
      } catch (SmallDisk.None e) {
        ground.log().say("no small disk on this machine: %s", e.toString());
        ground.log().count("points at which a disk was full or read-only", 0);
        return;
      }
    }
  }

  private static CampaignLake lake(Ground ground, SmallDisk disk, On on, int number) {
    Path folder = on == On.ALL ? disk.folder() : ground.work().resolve("full" + number);
    Path root = on == On.SPARK ? folder : disk.folder();
    CampaignLake lake =
        CampaignLake.sample(
            folder.resolve("project" + number), root.resolve("lake").toString(), Map.of(), "");
    if (on != On.TABLES) {
      lake.javaOptions().add("-Dspark.local.dir=" + disk.folder().resolve("spark"));
    }
    return lake;
  }

  private static void point(
      Ground ground, CampaignLake lake, SmallDisk disk, On on, Undisturbed undisturbed)
      throws IOException, InterruptedException {
    boolean isReadOnly = ground.chance(33);
    int left = ground.chance(50) ? 0 : ground.between(1, 300) * 1024;
    List<String> words = words(ground, lake);
    long millis = ground.between(500, (int) Math.max(3000, undisturbed.millis()));
    boolean isHarmed = false;
    boolean isRefused = false;
    try (SluiceProcess process = SluiceProcess.start(lake, words)) {
      if (!process.endsWithin(millis)) {
        if (isReadOnly) {
          isHarmed = disk.becomesReadOnly();
          isRefused = !isHarmed;
        } else {
          disk.fill(left);
          isHarmed = true;
        }
      }
      int exit = process.exit();
      String screen = process.screen();
      String what =
          !isHarmed
              ? "nothing"
              : isReadOnly ? "read-only" : "full but for %d bytes".formatted(left);
      ground
          .log()
          .say(
              "%s: %s, %s is %s after %d ms -> %d: %s",
              lake.name(), process.command(), on.what, what, millis, exit, process.lastLine());
      if (isHarmed) {
        ground.log().count("points at which a disk was full or read-only", 1);
        ground.log().count((isReadOnly ? "read-only: " : "full: ") + on.what, 1);
        judge(ground, lake, exit, process.lastLine(), screen);
        tablesAreReadable(ground, lake);
      } else {
        ground
            .log()
            .count(isRefused ? "disks that refused to be read-only" : "runs that ended before", 1);
      }
    } finally {
      disk.becomesWritable();
      disk.free();
    }
  }

  private static List<String> words(Ground ground, CampaignLake lake) throws IOException {
    if (lake.version(CampaignLake.SAMPLE.get(0)).isEmpty() || ground.chance(50)) {
      for (int i = 0; i < 3; i++) {
        lake.change(CampaignLake.day(ground.between(0, CampaignLake.DAYS - 1)));
      }
      return List.of("run", "--all-sources");
    }
    int first = ground.between(0, CampaignLake.DAYS - 6);
    return lake.backfill("", CampaignLake.day(first), CampaignLake.day(first + 5));
  }

  private static void judge(
      Ground ground, CampaignLake lake, int exit, String line, String screen) {
    ground.log().count("of them with exit " + exit, 1);
    if (exit != 0 && exit != 1 && exit != 3) {
      ground.log().wrong("%s: exit %d: %s", lake.name(), exit, line);
    }
    if (exit != 0 && CLEAR.matcher(line).find()) {
      ground.log().count("of them with a last line that says why", 1);
    } else if (exit != 0) {
      ground
          .log()
          .wrong(
              "%s: its last line does not say why: %s%s",
              lake.name(), line, CLEAR.matcher(screen).find() ? " (a line before it does)" : "");
    }
  }

  /** While there is still no room. */
  private static void tablesAreReadable(Ground ground, CampaignLake lake) {
    long read = 0;
    for (String table : lake.tables()) {
      try {
        if (lake.version(table).isPresent()) {
          lake.rows(table);
          read++;
        }
      } catch (RuntimeException e) {
        ground.log().wrong("%s: %s can't be read: %s", lake.name(), table, e);
      }
    }
    ground.log().count("tables that were read then", read);
  }
}
