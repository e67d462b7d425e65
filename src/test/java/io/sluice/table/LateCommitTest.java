package io.sluice.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.deltalog.Receipt;
import io.sluice.lake.Shape;
import io.sluice.lake.WriteSpec;
import io.sluice.testing.LateLogStore;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A commit fails, is not in the log, and is made all the same later: however far the second try has
 * got by then, each row is in the table once.
 */
final class LateCommitTest {
  private static final Interval BEFORE = TableFixture.day(1);
  private static final Interval DAY = TableFixture.day(2);
  private static final String ROWS =
      "VALUES (1, 'x', DATE'2020-01-02'), (2, 'y', DATE'2020-01-02')";

  @TempDir Path folder;
  private AutoCloseable slow = () -> {};

  @BeforeEach
  void slowDown() {
    slow = LateLogStore.open();
  }

  @AfterEach
  void asItWas() throws Exception {
    slow.close();
  }

  @ParameterizedTest
  @CsvSource({
    "replace, true, true",
    "replace, false, true",
    "replace, true, false",
    "merge, true, true",
    "scd2, true, true"
  })
  void itLandsBeforeTheSecondTryBegins(String mode, boolean internals, boolean exists) {
    TableFixture table = table(mode, internals, exists);
    fails(table);
    assertTrue(LateLogStore.land());
    table.put(DAY, rows());
    assertEquals(expected(mode, exists), lines(table));
  }

  @ParameterizedTest
  @CsvSource({
    "replace, true, true",
    "replace, false, true",
    "replace, true, false",
    "replace, false, false",
    "overwrite, true, true",
    "merge, true, true",
    "ordered, true, true",
    "scd2, true, true"
  })
  void itLandsBeforeTheSecondTryCommits(String mode, boolean internals, boolean exists) {
    TableFixture table = table(mode, internals, exists);
    fails(table);
    TableWrite second = table.write(DAY);
    try (StagedRows staged = table.tables.stage(table.spark, second, table.rows(rows()))) {
      assertTrue(LateLogStore.land());
      Receipt receipt = table.receipt(second, staged);
      if (mode.equals("merge") && exists) {
        // By key, the same rows again change nothing.
        staged.publish(receipt);
      } else {
        assertThrows(DeltaConcurrentModificationException.class, () -> staged.publish(receipt));
        table.put(DAY, rows());
      }
    }
    assertEquals(expected(mode, exists), lines(table));
  }

  @ParameterizedTest
  @CsvSource({
    "replace, true, true",
    "replace, false, true",
    "replace, true, false",
    "merge, true, true"
  })
  void itIsRefusedWhereTheSecondTryWasFaster(String mode, boolean internals, boolean exists) {
    TableFixture table = table(mode, internals, exists);
    fails(table);
    table.put(DAY, rows());
    assertFalse(LateLogStore.land());
    assertEquals(expected(mode, exists), lines(table));
  }

  private static void fails(TableFixture table) {
    TableWrite first = table.write(DAY);
    LateLogStore.delayNext("t able");
    try (StagedRows staged = table.tables.stage(table.spark, first, table.rows(rows()))) {
      Receipt receipt = table.receipt(first, staged);
      assertThrows(Exception.class, () -> staged.publish(receipt));
      assertTrue(LateLogStore.isHolding());
      assertEquals(OptionalLong.empty(), table.tables.landed(table.path, receipt, first.base()));
    }
  }

  private TableFixture table(String mode, boolean internals, boolean exists) {
    Shape byDay = new Shape(List.of("day"), Optional.of("day"));
    Shape flat = new Shape(List.of(), Optional.of("day"));
    TableFixture table =
        switch (mode) {
          case "replace" ->
              new TableFixture(folder, internals, new WriteSpec.Replace(), Cadence.DAY, byDay);
          case "overwrite" ->
              new TableFixture(folder, internals, new WriteSpec.Overwrite(), Cadence.DAY, byDay);
          case "merge", "ordered" ->
              new TableFixture(
                  folder,
                  internals,
                  new WriteSpec.Merge(
                      List.of("id"),
                      mode.equals("merge") ? Optional.of("v") : Optional.empty(),
                      Optional.empty(),
                      false),
                  Cadence.DAY,
                  flat);
          default ->
              new TableFixture(
                  folder,
                  internals,
                  new WriteSpec.Scd2(
                      List.of("id"), List.of(), Optional.empty(), Optional.empty(), false),
                  Cadence.DAY,
                  flat);
        };
    if (exists) {
      table.put(BEFORE, "SELECT 1 AS id, 'a' AS v, DATE'2020-01-01' AS day");
    }
    return table;
  }

  private static String rows() {
    return "SELECT col1 AS id, col2 AS v, col3 AS day FROM (" + ROWS + ")";
  }

  private static List<String> expected(String mode, boolean exists) {
    return exists && (mode.equals("replace") || mode.equals("scd2"))
        ? List.of("1 a", "1 x", "2 y")
        : List.of("1 x", "2 y");
  }

  private static List<String> lines(TableFixture table) {
    Dataset<Row> rows = table.read().selectExpr("id", "v");
    return TableFixture.lines(rows);
  }
}
