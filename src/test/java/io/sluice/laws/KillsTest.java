package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Drivers that are killed lose nothing and make nothing twice: the part {@code kills-local} of the
 * campaign with three kills, or as many as {@code -Dsluice.kills} says.
 */
class KillsTest {
  private static final long SEED = 17;
  private static final int KILLS = Integer.getInteger("sluice.kills", 3);
  @TempDir Path temp = Path.of("");

  @Test
  void afterKillsTheLakeIsAsAnUndisturbedOne() throws IOException, InterruptedException {
    Path told = temp.resolve("kills.log");
    try (CampaignLog log = new CampaignLog(told, "kills-local", SEED, 1, line -> {})) {
      Path work = Files.createDirectories(temp.resolve("work"));
      new Kills(KILLS, false).run(new Ground(work, 1, new Random(SEED), Optional.empty(), log));
      assertEquals(0, log.allWrong(), () -> text(told));
      assertEquals(KILLS, log.counted("kills"), () -> text(told));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
