package io.sluice.table.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testing.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that commit to one log at the same time: no version is told to two, none is lost. The
 * whole of it is a part of the campaign ({@code -Dcampaign.only=writers}).
 */
class CommitRaceTest {
  private static final int WRITERS = 3;
  private static final int COMMITS = 25;

  @TempDir Path temp = Path.of("");

  @Test
  void onLocalFilesEachVersionIsOnesOwn() throws Exception {
    Path log = Files.createDirectories(temp.resolve("table/_delta_log"));

    judge(CommitRace.onLocalFiles(log, WRITERS, COMMITS));
  }

  @Test
  void onObjectStorageEachVersionIsOnesOwn() throws Exception {
    try (S3Server server = new S3Server(temp, "lake")) {
      judge(
          CommitRace.onObjectStorage(
              "s3a://lake/table/_delta_log", server.settingsOfHadoop(), WRITERS, COMMITS));
    }
  }

  private static void judge(CommitRace.Result result) {
    assertEquals(List.of(), result.faults());
    assertEquals(WRITERS * COMMITS, result.asked());
    assertEquals(result.asked(), result.kept());
    assertTrue(result.turns() > WRITERS, "They only took turns: " + result.turns());
  }
}
