package io.sluice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.Lake;
import io.sluice.rehearsal.Rehearsal;
import io.sluice.testing.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkshopTest {
  @TempDir Path folder;

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
    workshop.forget(Jobs.table("raw.sales"), "r1-1.1");

    Path table = folder.resolve("la ke/raw/sales");
    Path staged = stage(table, "r1-1.1");
    Path whole = stage(table, "r1-1.1-whole");
    Path others = stage(table, "r1-1.10");
    workshop.forget(Jobs.table("raw.sales"), "r1-1.1");
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
                () -> workshop.forget(Jobs.table("raw.sales"), "r1-1.1"))
            .getMessage());
  }

  private static Path stage(Path table, String attempt) throws IOException {
    Path staged = table.resolve("_sluice/staging/" + attempt);
    Files.createDirectories(staged);
    Files.createFile(staged.resolve("part.parquet"));
    return staged;
  }
}
