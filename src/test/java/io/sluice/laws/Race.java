package io.sluice.laws;

import io.sluice.testing.OwnPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Four drivers at one lake, which are stopped, let go on and killed all the time. */
final class Race implements Part {
  private static final int DRIVERS = 4;
  private static final int MINUTES = 10;
  private static final int MINUTES_ON_POSTGRES = 5;

  @Override
  public void run(Ground ground) throws IOException, InterruptedException {
    Undisturbed undisturbed = Undisturbed.of(ground);
    CampaignLake local = lake(ground, "race-sqlite", "");
    race(ground, local, "SQLite", seconds(ground, MINUTES));
    Ending.of(ground, local, undisturbed);
    try (OwnPostgres server = new OwnPostgres(ground.work().resolve("postgres"))) {
      CampaignLake shared =
          lake(
              ground,
              "race-postgres",
              "ledger { url = \"%s\", user = postgres }".formatted(server.url()));
      race(ground, shared, "PostgreSQL", seconds(ground, MINUTES_ON_POSTGRES));
      Ending.of(ground, shared, undisturbed);
    }
  }

  private static long seconds(Ground ground, int minutes) {
    return Math.max(20, Math.round(60 * minutes * ground.hours()));
  }

  private static CampaignLake lake(Ground ground, String name, String settings) {
    Path folder = ground.work().resolve(name);
    return CampaignLake.sample(folder, folder.resolve("lake").toString(), Map.of(), settings);
  }

  private static void race(Ground ground, CampaignLake lake, String ledger, long seconds)
      throws InterruptedException, IOException {
    ground.log().say("%s: four drivers, the ledger in %s, %d s", lake.name(), ledger, seconds);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    ExecutorService drivers = Executors.newFixedThreadPool(DRIVERS);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < DRIVERS; i++) {
      int number = i + 1;
      Random random = new Random(ground.random().nextLong());
      all.add(
          drivers.submit(
              () -> {
                Ground own =
                    new Ground(
                        ground.work(), ground.hours(), random, ground.server(), ground.log());
                while (System.nanoTime() < end) {
                  drive(own, lake, number, end);
                }
                return true;
              }));
    }
    drivers.shutdown();
    for (Future<?> one : all) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    ground.log().count("seconds of four drivers with " + ledger, seconds);
  }

  /** One driver's life. */
  private static void drive(Ground ground, CampaignLake lake, int number, long end)
      throws IOException, InterruptedException {
    int pauses = 0;
    boolean isKilled = false;
    try (SluiceProcess process = SluiceProcess.start(lake, words(ground, lake))) {
      while (!process.endsWithin(ground.between(500, 8000)) && System.nanoTime() < end) {
        if (ground.chance(10)) {
          process.kill();
          isKilled = true;
        } else if (ground.chance(40)) {
          process.pause();
          pauses++;
          process.endsWithin(ground.between(500, 15_000));
          process.goOn();
        }
      }
      int exit = process.exit();
      ground.log().count("drivers", 1);
      ground.log().count("stops", pauses);
      ground.log().count("kills", isKilled ? 1 : 0);
      ground.log().count(isKilled ? "drivers killed" : "drivers with exit " + exit, 1);
      ground
          .log()
          .say(
              "driver %d: %s, stopped %d times -> %d%s",
              number,
              process.command(),
              pauses,
              exit,
              exit == SluiceProcess.KILLED ? "" : ": " + process.lastLine());
      if (exit == 2 || exit == SluiceProcess.ENDLESS) {
        ground.log().wrong("driver %d: exit %d: %s", number, exit, process.lastLine());
      }
    }
  }

  private static List<String> words(Ground ground, CampaignLake lake) throws IOException {
    if (lake.version(CampaignLake.SAMPLE.get(CampaignLake.SAMPLE.size() - 1)).isEmpty()) {
      return List.of("run");
    }
    if (ground.chance(30)) {
      lake.change(CampaignLake.day(ground.between(0, CampaignLake.DAYS - 1)));
      return List.of("run", "--all-sources");
    }
    int first = ground.between(0, CampaignLake.DAYS - 5);
    String table = ground.chance(40) ? "" : CampaignLake.SAMPLE.get(ground.between(0, 4));
    return lake.backfill(table, CampaignLake.day(first), CampaignLake.day(first + 4));
  }
}
