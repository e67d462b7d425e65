package io.sluice.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.TableLog;
import io.sluice.lake.Shape;
import io.sluice.lake.WriteSpec;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import io.sluice.time.LakeTime;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who stood still while another took the job over publishes nothing, through Delta's internals and
 * without them.
 */
final class FenceTest {
  private static final Interval FIRST = TableFixture.day(1);
  private static final Interval SECOND = TableFixture.day(2);

  @TempDir Path folder;

  private TableFixture table(String mode, boolean internals) {
    return mode.equals("replace")
        ? TableFixture.replace(folder, internals)
        : new TableFixture(
            folder,
            internals,
            mode.equals("merge")
                ? new WriteSpec.Merge(List.of("id"), Optional.of("id"), Optional.empty(), false)
                : new WriteSpec.Scd2(
                    List.of("id"), List.of(), Optional.empty(), Optional.empty(), false),
            Cadence.DAY,
            new Shape(List.of(), Optional.of("_day")));
  }

  @ParameterizedTest
  @CsvSource({"replace, true", "replace, false", "merge, true", "scd2, false"})
  void whoIsTakenOverAfterItStagedPublishesNothing(String mode, boolean internals) {
    TableFixture table = table(mode, internals);
    put(table, 1, FIRST);
    List<String> before = table.lines();
    TableWrite late = write(table, 1, SECOND);
    try (StagedRows staged = table.tables.stage(table.spark, late, rows(table, SECOND))) {
      assertTrue(fence(table, 2));

      FencedException fenced =
          assertThrows(FencedException.class, () -> staged.publish(table.receipt(late, staged)));

      assertEquals(2, fenced.token());
    }
    assertEquals(before, table.lines());
    assertFalse(commits(table).get(1).changesData(), "A fence touches no row");
    put(table, 2, SECOND);
    put(table, 2, SECOND);
    put(table, 3, SECOND);
    assertEquals(2, table.read().select("id").distinct().count());
    assertEquals(4, receipts(table));
  }

  @ParameterizedTest
  @CsvSource({"replace, true", "replace, false", "merge, false"})
  void whoIsTakenOverBeforeItBeganPublishesNothing(String mode, boolean internals) {
    TableFixture table = table(mode, internals);
    put(table, 1, FIRST);
    fence(table, 7);

    assertThrows(FencedException.class, () -> put(table, 6, SECOND));
    assertThrows(FencedException.class, () -> fence(table, 6));

    assertTrue(fence(table, 7), "once more changes nothing");
    put(table, 7, SECOND);
    assertEquals(2, receipts(table));
  }

  @ParameterizedTest
  @CsvSource({"replace, true", "replace, false", "merge, true"})
  void aTableThatTheOtherCreatedMeanwhileRefusesThis(String mode, boolean internals) {
    TableFixture table = table(mode, internals);
    assertFalse(fence(table, 2), "There is no table yet");
    TableWrite late = write(table, 1, FIRST);
    try (StagedRows staged = table.tables.stage(table.spark, late, rows(table, FIRST))) {
      put(table, 2, SECOND);

      assertThrows(RuntimeException.class, () -> staged.publish(table.receipt(late, staged)));
    }
    assertEquals(1, receipts(table));
    assertEquals(2, token(table), "It was created under the other's lease");
    if (mode.equals("replace") && internals) {
      assertThrows(FencedException.class, () -> put(table, 1, FIRST));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void neighboursUnderOneLeaseAreNotInEachOthersWay(boolean internals) throws Exception {
    TableFixture table = table("replace", internals);
    put(table, 3, TableFixture.day(9));
    int days = 4;
    ExecutorService side = Executors.newFixedThreadPool(days);
    try {
      List<Future<Long>> all = new ArrayList<>();
      for (int day = 1; day <= days; day++) {
        Interval one = TableFixture.day(day);
        TableFixture own = table("replace", internals);
        Callable<Long> write = () -> put(own, 3, one);
        all.add(side.submit(write));
      }
      for (Future<Long> one : all) {
        one.get();
      }
    } finally {
      side.shutdownNow();
    }
    assertEquals(days + 1, receipts(table));
    assertEquals(days + 1, table.lines().size());
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void whoPutsBackUnderAnOlderLeaseIsRefused(boolean whole, boolean internals) {
    TableFixture table = table("replace", internals);
    put(table, 1, FIRST);
    put(table, 1, SECOND);
    List<String> both = table.lines();
    fence(table, 7);

    assertThrows(FencedException.class, () -> putBack(table, 6, whole, false));
    assertEquals(both, table.lines());

    putBack(table, 7, whole, false);
    assertEquals(1, table.lines().size());
    assertEquals(3, receipts(table));
  }

  @Test
  void rowsOfFilesThatMayGoAreWrittenAgain() {
    TableFixture table = table("replace", true);
    put(table, 1, FIRST);
    String[] old = table.read().inputFiles();
    List<String> before = table.lines();
    put(table, 1, FIRST);

    putBack(table, 1, true, true);

    assertEquals(before, table.lines());
    assertFalse(Set.of(old).containsAll(Set.of(table.read().inputFiles())));
  }

  private static void putBack(TableFixture table, long token, boolean whole, boolean mustRewrite) {
    SortedMap<Long, IntervalSet> parts = new TreeMap<>();
    parts.put(0L, IntervalSet.of(whole ? Interval.ALWAYS : SECOND));
    TableRestore restore =
        new TableRestore(
            table.job,
            new Fence("analysis.sale", token),
            table.path,
            table.tables.version(table.path).orElseThrow(),
            whole ? OptionalLong.of(0) : OptionalLong.empty(),
            mustRewrite,
            parts,
            new LakeTime(ZoneOffset.UTC));
    Receipt receipt =
        new Receipt("lake", "analysis.sale", "r", "undo-" + token, "f", Map.of(), List.of());
    table.tables.restore(table.spark, restore, receipt);
  }

  @Test
  void whatIsCommittedBeforeRowsAreWrittenIsSeenThen() {
    TableFixture table = table("replace", false);
    put(table, 1, FIRST);
    Dataset<Row> rows =
        StillAt.of(table.spark, table.path, 0).with(table.rows("SELECT 1 AS id, 'v' AS v"));
    assertEquals(List.of("1 v"), TableFixture.lines(rows));

    put(table, 1, SECOND);

    Exception seen = assertThrows(Exception.class, rows::collectAsList);
    assertTrue(String.valueOf(seen).contains("is at version 1, but was looked at"), seen::toString);
  }

  private static long put(TableFixture table, long token, Interval day) {
    TableWrite write = write(table, token, day);
    try (StagedRows staged = table.tables.stage(table.spark, write, rows(table, day))) {
      return staged.publish(table.receipt(write, staged));
    }
  }

  private static TableWrite write(TableFixture table, long token, Interval day) {
    TableWrite write = table.write(day);
    return new TableWrite(
        write.job(),
        write.path(),
        write.base(),
        write.intervals(),
        write.time(),
        write.attempt(),
        false,
        Optional.of(new Fence("analysis.sale", token)));
  }

  private static Dataset<Row> rows(TableFixture table, Interval day) {
    String column = table.job.shape().intervalBy().orElseThrow();
    return table.rows(
        "SELECT %d AS id, 'v' AS v, DATE'%s' AS %s"
            .formatted(day.from().getDayOfMonth(), day.from().toLocalDate(), column));
  }

  private static boolean fence(TableFixture table, long token) {
    return table.tables.fence(table.spark, table.path, new Fence("analysis.sale", token));
  }

  private static List<Commit> commits(TableFixture table) {
    return TableLog.at(table.path, Map.of()).since(-1).commits();
  }

  private static long receipts(TableFixture table) {
    return commits(table).stream().filter(commit -> commit.receipt().isPresent()).count();
  }

  /** The newest that the log tells. */
  private static long token(TableFixture table) {
    OptionalLong newest =
        commits(table).stream()
            .flatMap(commit -> commit.applications().values().stream())
            .mapToLong(known -> known >> 32)
            .max();
    return newest.orElse(-1);
  }
}
