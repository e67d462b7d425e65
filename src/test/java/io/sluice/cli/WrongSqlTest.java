package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SQL that only Spark can find wrong is a mistake of the person who wrote it, wherever it stands.
 */
class WrongSqlTest {
  @TempDir Path folder;

  @Test
  void wrongSqlIsUsageInAQueryAndInADefinition() throws IOException {
    NewProject.write(folder);
    Files.writeString(
        folder.resolve("jobs/analysis/wrong.sql"),
        "/* sluice\n  every = none\n*/\nSELECT id, nothing FROM (SELECT 1 AS id)\n");
    Shell shell = new Shell(folder, new SettableClock(Instant.parse("2026-01-05T06:00:00Z")));

    Shell.Said preview = shell.type("preview", "wrong");
    assertEquals(2, preview.exit(), preview.err());
    assertTrue(
        preview.err().startsWith("sluice: jobs/analysis/wrong.sql:4: column `nothing` not found; "),
        preview.err());

    Shell.Said query = shell.type("sql", "SELECT nothing FROM (SELECT 1 AS id)");
    assertEquals(2, query.exit(), query.err());
  }
}
