package io.sluice.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.TableLog;
import io.sluice.lake.Shape;
import io.sluice.lake.WriteSpec;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything twice: through Delta's internals and without them. */
final class ReplaceTest {
  private static final String ROWS =
      "SELECT id, d AS day FROM VALUES (1, DATE'2020-01-01'), (2, DATE'2020-01-01'), (3, DATE'2020-01-02') AS t(id, d)";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writingADayTwiceLeavesItOnceAndItsNeighboursAlone(boolean internals) {
    TableFixture table = TableFixture.replace(folder, internals);
    assertEquals(OptionalLong.empty(), table.tables.version(table.path));
    assertEquals(0, table.put(TableFixture.days(1, 2), ROWS));
    table.put(TableFixture.day(1), "SELECT 7 AS id, DATE'2020-01-01' AS day");
    assertEquals(2, table.put(TableFixture.day(1), "SELECT 8 AS id, DATE'2020-01-01' AS day"));
    assertEquals(List.of("3 2020-01-02", "8 2020-01-01"), table.lines());
    assertEquals(
        List.of("1 2020-01-01", "2 2020-01-01", "3 2020-01-02"),
        TableFixture.lines(table.read(0, Optional.empty(), Optional.empty())));
    assertEquals(
        List.of("7 2020-01-01"),
        TableFixture.lines(
            table.read(
                1, Optional.of(new TableRead.Cut("day", TableFixture.day(1))), Optional.empty())));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowsAreCountedByIntervalAndTheReceiptIsInTheCommit(boolean internals) {
    TableFixture table = TableFixture.replace(folder, internals);
    Interval span = TableFixture.days(1, 3);
    TableWrite write = table.write(span);
    try (StagedRows staged = table.tables.stage(table.spark, write, table.rows(ROWS))) {
      assertEquals(
          Map.of(
              TableFixture.day(1), 2L,
              TableFixture.day(2), 1L,
              TableFixture.day(3), 0L),
          staged.counts());
      assertEquals(3, staged.rows().count());
      assertEquals(OptionalLong.empty(), table.tables.version(table.path));
      staged.publish(table.receipt(write, staged));
    }
    assertEquals(
        write.attempt(),
        TableLog.at(table.path, Map.of())
            .since(-1)
            .commits()
            .get(0)
            .receipt()
            .orElseThrow()
            .attempt());
    assertEquals(
        "100",
        table
            .rows(
                "SHOW TBLPROPERTIES delta.`%s` ('delta.checkpointInterval')".formatted(table.path))
            .head()
            .getString(1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEmptyResultClearsTheDay(boolean internals) {
    TableFixture table = TableFixture.replace(folder, internals);
    table.put(TableFixture.days(1, 2), ROWS);
    table.put(TableFixture.day(1), "SELECT 1 AS id, DATE'2020-01-01' AS day WHERE false");
    assertEquals(List.of("3 2020-01-02"), table.lines());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRowOfNoneOfTheIntervalsIsRefusedAndLeavesNothing(boolean internals) throws IOException {
    TableFixture table = TableFixture.replace(folder, internals);
    TableException stray =
        assertThrows(TableException.class, () -> table.stage(TableFixture.day(1), ROWS));
    assertEquals(
        "analysis.sale: 1 row is outside the task's intervals 2020-01-01: day = 2020-01-02 (1);"
            + " a row must lie in the interval that makes it",
        stray.getMessage());
    assertTrue(
        refused(table, "SELECT 1 AS id, CAST(NULL AS DATE) AS day")
            .contains("1 row has NULL in day"));
    try (Stream<Path> files = Files.walk(Path.of(URI.create(table.path.replace(" ", "%20"))))) {
      assertEquals(List.of(), files.filter(file -> file.toString().endsWith("parquet")).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAddedColumnIsAddedAndOtherChangesOfShapeAreRefused(boolean internals) {
    TableFixture table = TableFixture.replace(folder, internals);
    table.put(TableFixture.days(1, 2), ROWS);
    table.put(TableFixture.day(1), "SELECT 'x' AS word, 9 AS ID, DATE'2020-01-01' AS day");
    assertEquals(List.of("3 2020-01-02 null", "9 2020-01-01 x"), table.lines());
    assertEquals(
        "analysis.sale: column word of the table is not made any more; select it, or make the table"
            + " anew: sluice backfill --select analysis.sale --rebuild --from <its first interval>",
        refused(table, "SELECT 9 AS id, DATE'2020-01-01' AS day"));
    assertEquals(
        "analysis.sale: column id is INT in the table and STRING in the rows; cast it, or make the"
            + " table anew: sluice backfill --select analysis.sale --rebuild --from <its first interval>",
        refused(table, "SELECT '9' AS id, DATE'2020-01-01' AS day, 'x' AS word"));
    assertTrue(
        refused(table, "SELECT 9 AS id, DATE'2020-01-01' AS day, 'x' AS word, NULL AS n")
            .contains("column n has no type"));
    assertTrue(
        refused(table, "SELECT 9 AS `i d`, DATE'2020-01-01' AS day").contains("column 'i d' has"));
    table.job =
        TableFixture.job(
            new WriteSpec.Replace(), Cadence.DAY, new Shape(List.of("word"), Optional.of("day")));
    assertTrue(
        refused(table, "SELECT 9 AS id, DATE'2020-01-01' AS day, 'x' AS word")
            .contains("is partitioned by [day], the definition says [word]"));
    table.put(
        table.write(TableFixture.day(1), table.tables.version(table.path), true),
        "SELECT '9' AS id, DATE'2020-01-01' AS day, 'x' AS word");
    assertEquals(List.of("9 2020-01-01 x"), table.lines());
  }

  private static String refused(TableFixture table, String sql) {
    return String.valueOf(
        assertThrows(TableException.class, () -> table.stage(TableFixture.day(1), sql))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofTwoWritersOfADayTheSecondFailsAndOfTwoDaysBothPass(boolean internals) {
    TableFixture one = TableFixture.replace(folder, internals);
    TableFixture two = TableFixture.replace(folder, internals);
    String first = "SELECT 1 AS id, DATE'2020-01-01' AS day";
    String second = "SELECT 2 AS id, DATE'2020-01-02' AS day";
    try (StagedRows a = one.stage(TableFixture.day(1), first);
        StagedRows b = two.stage(TableFixture.day(2), second);
        StagedRows c = one.stage(TableFixture.day(1), first)) {
      one.publish(TableFixture.day(1), a);
      two.publish(TableFixture.day(2), b);
      assertThrows(
          DeltaConcurrentModificationException.class, () -> one.publish(TableFixture.day(1), c));
    }
    assertEquals(List.of("1 2020-01-01", "2 2020-01-02"), one.lines());
    String other = "SELECT 3 AS id, DATE'2020-01-01' AS day";
    try (StagedRows a = one.stage(TableFixture.day(1), other);
        StagedRows b = two.stage(TableFixture.day(2), second);
        StagedRows c = two.stage(TableFixture.day(1), other)) {
      one.publish(TableFixture.day(1), a);
      two.publish(TableFixture.day(2), b);
      assertThrows(
          DeltaConcurrentModificationException.class, () -> two.publish(TableFixture.day(1), c));
    }
    assertEquals(List.of("2 2020-01-02", "3 2020-01-01"), two.lines());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void daysThatAreLeftOutStayAsTheyAreAndTheirFilesGo(boolean internals) throws IOException {
    TableFixture table = TableFixture.replace(folder, internals);
    table.put(
        TableFixture.days(1, 3),
        "SELECT 1 AS id, explode(sequence(DATE'2020-01-01', DATE'2020-01-03')) AS day");
    long files = files(table);
    String all = "SELECT 2 AS id, explode(sequence(DATE'2020-01-01', DATE'2020-01-05')) AS day";
    TableWrite write = table.write(TableFixture.days(1, 5));
    try (StagedRows staged = table.tables.stage(table.spark, write, table.rows(all))) {
      assertTrue(staged.canLeaveOut());
      staged.leaveOut(List.of(TableFixture.day(2), TableFixture.day(4)));
      assertEquals(
          List.of(TableFixture.day(1), TableFixture.day(3), TableFixture.day(5)),
          List.copyOf(staged.counts().keySet()));
      table.put(TableFixture.day(2), "SELECT 3 AS id, DATE'2020-01-02' AS day");
      staged.publish(table.receipt(write, staged));
    }
    assertEquals(
        List.of("2 2020-01-01", "2 2020-01-03", "2 2020-01-05", "3 2020-01-02"), table.lines());
    assertEquals(files + 4, files(table));

    try (StagedRows staged = table.stage(TableFixture.days(1, 5), all)) {
      staged.leaveOut(List.of(TableFixture.day(2), TableFixture.day(4)));
      table.put(TableFixture.day(3), "SELECT 4 AS id, DATE'2020-01-03' AS day");
      assertThrows(
          DeltaConcurrentModificationException.class,
          () -> table.publish(TableFixture.days(1, 5), staged));
    }
  }

  @Test
  void daysThatComeToTheSameRowsKeepTheirFiles() throws IOException {
    TableFixture table = TableFixture.replace(folder, true);
    String rows =
        "SELECT /*+ COALESCE(1) */ id %% 7 AS id, DATE'2020-01-01' + CAST(%s AS INT) AS day FROM range(40)";
    table.put(TableFixture.days(1, 4), rows.formatted("id % 4"));
    long files = files(table);
    Commit one = put(table, rows.formatted("id % 4") + " ORDER BY day, id DESC");
    assertEquals(List.of(), one.partitions());
    assertEquals(4, one.receipt().orElseThrow().made().size());
    Commit other =
        put(
            table,
            "SELECT if(day = DATE'2020-01-03', id + 1, id) AS id, day FROM (%s)"
                .formatted(rows.formatted("id % 4")));
    assertEquals(List.of(Map.of("day", "2020-01-03")), other.partitions());
    assertEquals(files + 1, files(table));
    table.rows("OPTIMIZE delta.`%s`".formatted(table.path));
    assertEquals(10, table.read().where("day = DATE'2020-01-03'").count());
  }

  @Test
  void whatIsAddedToADayThatComesToTheSameRowsIsAConflict() {
    TableFixture table = TableFixture.replace(folder, true);
    String name = "delta.`%s`".formatted(table.path);
    table.put(TableFixture.days(1, 2), ROWS);
    try (StagedRows staged = table.stage(TableFixture.days(1, 2), ROWS)) {
      table.rows("INSERT INTO %s VALUES (4, DATE'2020-01-01')".formatted(name));
      assertThrows(
          DeltaConcurrentModificationException.class,
          () -> table.publish(TableFixture.days(1, 2), staged));
    }
    assertFalse(unchanged(table, ROWS).contains(TableFixture.day(1)), "4 is gone again");
    assertEquals(List.of("1 2020-01-01", "2 2020-01-01", "3 2020-01-02"), table.lines());
    assertEquals(2, unchanged(table, ROWS).size());
    table.rows("UPDATE %s SET id = id WHERE id = 3".formatted(name));
    assertEquals(List.of(TableFixture.day(1)), unchanged(table, ROWS));
  }

  @Test
  void withoutHashesAndWithNewColumnsEverythingIsWritten() {
    TableFixture table = TableFixture.replace(folder, true);
    table.put(TableFixture.days(1, 2), ROWS);
    table.spark.conf().set(DeltaTables.HASHES, "false");
    assertEquals(List.of(), unchanged(table, ROWS));
    assertEquals(List.of(), unchanged(table, ROWS));
    table.spark.conf().unset(DeltaTables.HASHES);
    assertEquals(List.of(), unchanged(table, ROWS));
    assertEquals(2, unchanged(table, ROWS).size());
    String more = "SELECT *, 1 AS more FROM (%s)".formatted(ROWS);
    assertEquals(List.of(), unchanged(table, more));
    assertEquals(2, unchanged(table, more).size());
    assertEquals(List.of(), unchanged(TableFixture.replace(folder, false), more));
  }

  private static Commit put(TableFixture table, String sql) {
    long version = table.put(TableFixture.days(1, 4), sql);
    return TableLog.at(table.path, Map.of()).since(version - 1).commits().get(0);
  }

  private static List<Interval> unchanged(TableFixture table, String sql) {
    try (StagedRows staged = table.stage(TableFixture.days(1, 2), sql)) {
      table.publish(TableFixture.days(1, 2), staged);
      return staged.unchanged();
    }
  }

  private static long files(TableFixture table) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(URI.create(table.path.replace(" ", "%20"))))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatOthersCommitMeanwhileIsSeen(boolean internals) {
    TableFixture table = TableFixture.replace(folder, internals);
    table.put(TableFixture.days(1, 2), ROWS);
    String name = "delta.`%s`".formatted(table.path);
    table.rows("INSERT INTO %s VALUES (4, DATE'2020-01-01')".formatted(name));
    table.rows("OPTIMIZE " + name);
    assertEquals(4, table.lines().size());
    table.rows("DELETE FROM %s WHERE id = 3".formatted(name));
    table.put(TableFixture.day(1), "SELECT 5 AS id, DATE'2020-01-01' AS day");
    assertEquals(List.of("5 2020-01-01"), table.lines());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTableWithDeletionVectorsIsWrittenTheSlowWay(boolean internals) {
    TableFixture table = TableFixture.replace(folder, internals);
    table.put(TableFixture.days(1, 2), ROWS);
    String name = "delta.`%s`".formatted(table.path);
    table.rows(
        "ALTER TABLE %s SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')"
            .formatted(name));
    table.rows("DELETE FROM %s WHERE id = 1".formatted(name));
    assertEquals(List.of("2 2020-01-01", "3 2020-01-02"), table.lines());
    table.put(TableFixture.day(1), "SELECT 5 AS id, DATE'2020-01-01' AS day");
    assertEquals(List.of("3 2020-01-02", "5 2020-01-01"), table.lines());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowsByArrivalAreReplacedInEveryPartition(boolean internals) {
    TableFixture table = TableFixture.replace(folder, internals);
    table.job =
        TableFixture.job(
            new WriteSpec.Replace(), Cadence.HOUR, new Shape(List.of("day"), Optional.of("at")));
    Interval hours =
        new Interval(TableFixture.day(2).from(), TableFixture.day(2).from().plusHours(2));
    String rows =
        "SELECT id, CAST(d AS DATE) AS day, TIMESTAMP'2020-01-02 00:00:00Z' + make_dt_interval(0, h) AS at"
            + " FROM VALUES (1, '2020-01-01', 0), (2, '2020-01-02', 1), (3, '2019-12-30', 1) AS t(id, d, h)";
    TableWrite write = table.write(hours);
    try (StagedRows staged = table.tables.stage(table.spark, write, table.rows(rows))) {
      assertEquals(List.of(1L, 2L), List.copyOf(staged.counts().values()));
      staged.publish(table.receipt(write, staged));
    }
    Interval second = new Interval(hours.from().plusHours(1), hours.to());
    table.put(
        second, "SELECT 4 AS id, DATE'2020-01-02' AS day, TIMESTAMP'2020-01-02 01:59:59Z' AS at");
    assertEquals(
        List.of("1 2020-01-01", "4 2020-01-02"), TableFixture.lines(table.read().drop("at")));
    assertEquals(
        List.of("4"),
        TableFixture.lines(
            table
                .read(1, Optional.of(new TableRead.Cut("at", second)), Optional.empty())
                .select("id")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOverwriteAndATableWithoutTimeAreReplacedWhole(boolean internals) {
    TableFixture table =
        new TableFixture(
            folder,
            internals,
            new WriteSpec.Replace(),
            Cadence.NONE,
            new Shape(List.of(), Optional.empty()));
    table.put(Interval.ALWAYS, "SELECT explode(array(1, 2)) AS id");
    table.put(Interval.ALWAYS, "SELECT explode(array(3, 4)) AS id");
    assertEquals(List.of("3", "4"), table.lines());
    table.job =
        TableFixture.job(
            new WriteSpec.Overwrite(), Cadence.DAY, new Shape(List.of(), Optional.empty()));
    table.put(TableFixture.day(5), "SELECT explode(array(5, 6)) AS id");
    assertEquals(List.of("5", "6"), table.lines());
  }
}
