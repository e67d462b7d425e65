package io.sluice.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuarantineTest {
  @TempDir Path folder;

  @Test
  void rowsLieUnderTheirAttemptUntilItIsForgotten() throws Exception {
    TableFixture table = TableFixture.replace(folder, true);
    String path = folder.resolve("quarantine").toUri().toString();
    assertEquals(Optional.empty(), table.tables.quarantined(table.spark, path, List.of("a1")));
    table.tables.forget(table.spark, table.path, path, "a1");
    String rows =
        "SELECT TIMESTAMP_NTZ'2020-01-0%1$d 00:00:00' AS interval_from, TIMESTAMP_NTZ'2020-01-0%2$d 00:00:00' AS interval_to,"
            + " 'r' AS rule, 'why' AS reason, 'f' AS source, 'text' AS row FROM range(%1$d)";
    assertEquals(
        Map.of(TableFixture.day(2), 2L),
        table.tables.quarantine(table.spark, path, "a1", table.rows(rows.formatted(2, 3))));
    table.tables.quarantine(table.spark, path, "a1", table.rows(rows.formatted(2, 3)));
    table.tables.quarantine(table.spark, path, "a2", table.rows(rows.formatted(3, 4)));
    assertEquals(
        5, table.tables.quarantined(table.spark, path, List.of("a1", "a2")).orElseThrow().count());
    Path staging = folder.resolve("t able/_sluice/staging/a1");
    Files.createDirectories(staging);
    Leftovers left = new Leftovers(table.path, path, "a1", Map.of());
    assertTrue(left.mayBeInQuarantine());
    table.tables.forget(table.spark, table.path, path, "a1");
    assertFalse(Files.exists(staging));
    assertTrue(table.tables.quarantined(table.spark, path, List.of("a1")).orElseThrow().isEmpty());
    assertEquals(
        3, table.tables.quarantined(table.spark, path, List.of("a2")).orElseThrow().count());
  }
}
