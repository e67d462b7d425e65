package io.sluice.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.lake.Shape;
import io.sluice.lake.WriteSpec;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody else commits between the version that a task reads and its own commit. */
final class ForeignCommitTest {
  private static final Interval DAY = TableFixture.day(1);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"replace, true", "replace, false", "merge, true"})
  void whatOthersCommitMeanwhileIsAConflictAndStays(String mode, boolean internals) {
    TableFixture table =
        mode.equals("replace")
            ? TableFixture.replace(folder, internals)
            : new TableFixture(
                folder,
                internals,
                new WriteSpec.Merge(List.of("id"), Optional.of("id"), Optional.empty(), false),
                Cadence.DAY,
                new Shape(List.of(), Optional.of("day")));
    String made = "SELECT 1 AS id, DATE'2020-01-01' AS day";
    table.put(DAY, made);
    TableWrite write = table.write(DAY);
    try (StagedRows staged = table.tables.stage(table.spark, write, table.rows(made))) {
      table
          .rows("SELECT 2 AS id, DATE'2020-01-01' AS day")
          .write()
          .format("delta")
          .mode("append")
          .save(table.path);

      assertThrows(
          DeltaConcurrentModificationException.class,
          () -> staged.publish(table.receipt(write, staged)));
    }
    assertEquals(
        List.of("1 2020-01-01", "2 2020-01-01"),
        table.read().selectExpr("id", "day").collectAsList().stream()
            .map(row -> row.mkString(" "))
            .sorted()
            .toList());
  }
}
