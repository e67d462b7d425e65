package io.sluice.laws;

import io.sluice.table.commit.CommitRace;
import java.io.IOException;
import java.nio.file.Files;

/** Processes that commit to one log at the same time: no version is told to two, none is lost. */
final class Writers implements Part {
  private static final int WRITERS = 4;
  private static final int COMMITS = 100;

  @Override
  public void run(Ground ground) throws IOException, InterruptedException {
    int commits = ground.times(COMMITS);
    raced(
        ground,
        "local files",
        CommitRace.onLocalFiles(
            Files.createDirectories(ground.work().resolve("table/_delta_log")), WRITERS, commits));
    raced(
        ground,
        "object storage",
        CommitRace.onObjectStorage(
            "s3a://%s/writers/_delta_log".formatted(Storage.BUCKET),
            ground.storage().settings(),
            WRITERS,
            commits));
  }

  private static void raced(Ground ground, String where, CommitRace.Result result) {
    ground
        .log()
        .say(
            "%s: %d of %d commits in the log, another's turn %d times; %s",
            where, result.kept(), result.asked(), result.turns(), result.faults());
    ground.log().count("commits of four processes, " + where, result.asked());
    ground.log().count("of them in the log as they were told, " + where, result.kept());
    result.faults().forEach(fault -> ground.log().wrong("%s: %s", where, fault));
  }
}
