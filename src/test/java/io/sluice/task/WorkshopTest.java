package io.sluice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.rehearsal.Rehearsal;
import io.sluice.testing.Jobs;
import io.sluice.time.Cadence;
import io.sluice.time.Civil;
import io.sluice.time.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkshopTest {
  @TempDir Path folder;

  @Test
  void whereSparkDoesNotStartNoDayIsLookedForThatIsToBlame() {
    Job job = Jobs.csv("raw.sales").build();
    Workshop workshop =
        new Workshop(
            Jobs.lake(folder.toUri().toString(), job),
            new FakeFeeds(),
            () -> {
              throw new IllegalArgumentException("[INVALID_DRIVER_MEMORY] too little");
            },
            Rehearsal.NONE);
    List<Interval> days =
        Cadence.DAY.split(new Interval(Civil.parse("2011-01-01"), Civil.parse("2011-01-03")));
    Outcome.Failed failed =
        (Outcome.Failed) workshop.make(new TaskOrder(job, days, "r1", "r1-1.1"));
    assertEquals(days, failed.culprits());
    assertTrue(
        failed.message().startsWith("Spark can't be started: ")
            && failed.message().contains("too little"),
        failed.message());
  }

  @Test
  void anAttemptIsForgottenWithoutSparkUnlessRowsAreInQuarantine() throws IOException {
    Lake lake = Jobs.lake(folder.toUri().toString() + "la ke", Jobs.csv("raw.sales").build());
    Workshop workshop =
        new Workshop(
            lake,
            new FakeFeeds(),
            () -> {
              throw new IllegalStateException("Spark is asked for");
            },
            Rehearsal.NONE);
    workshop.forget(Jobs.table("raw.sales"), "r1-1.1", false);

    Path table = folder.resolve("la ke/raw/sales");
    Path staged = stage(table, "r1-1.1");
    Path whole = stage(table, "r1-1.1-whole");
    Path others = stage(table, "r1-1.10");
    workshop.forget(Jobs.table("raw.sales"), "r1-1.1", false);
    assertFalse(Files.exists(staged));
    assertFalse(Files.exists(whole));
    assertTrue(Files.exists(others));

    Path rows = folder.resolve("la ke/quarantine/raw/sales/attempt=r1-1.1");
    Files.createDirectories(rows);
    Files.createFile(rows.resolve("part.parquet"));
    assertEquals(
        "Spark is asked for",
        assertThrows(
                IllegalStateException.class,
                () -> workshop.forget(Jobs.table("raw.sales"), "r1-1.1", false))
            .getMessage());
  }

  private static Path stage(Path table, String attempt) throws IOException {
    Path staged = table.resolve("_sluice/staging/" + attempt);
    Files.createDirectories(staged);
    Files.createFile(staged.resolve("part.parquet"));
    return staged;
  }
}
