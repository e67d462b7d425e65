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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What publishes is tested twice: through Delta's internals and without them. */
final class MergeTest {
  @TempDir Path folder;

  private TableFixture table(
      boolean internals,
      Optional<String> sequenceBy,
      Optional<String> deleteWhen,
      boolean keepNulls) {
    return new TableFixture(
        folder,
        internals,
        new WriteSpec.Merge(List.of("k"), sequenceBy, deleteWhen, keepNulls),
        Cadence.DAY,
        new Shape(List.of(), Optional.of("_day")));
  }

  private static String values(String columns, String... rows) {
    return "SELECT * FROM VALUES (%s) AS t(%s)".formatted(String.join("), (", rows), columns);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theNewestRowOfAKeyWinsInWhateverOrderTheDaysAreMade(boolean internals) {
    TableFixture table = table(internals, Optional.of("s"), Optional.empty(), false);
    List<String> days =
        new ArrayList<>(
            List.of(
                "1:('a', 1, 'old'), ('a', 3, 'mid'), ('b', 5, 'b5')",
                "2:('a', 4, 'new'), ('b', 5, 'b5 too')",
                "3:('a', 2, 'late'), ('c', 1, 'c')"));
    Collections.shuffle(days, new Random(3));
    days.add(days.get(0));
    for (String day : days) {
      int number = Integer.parseInt(day.substring(0, 1));
      table.put(
          TableFixture.day(number),
          "SELECT *, DATE'2020-01-0%d' AS _day FROM VALUES %s AS t(k, s, v)"
              .formatted(number, day.substring(2)));
    }
    List<String> lines = table.lines();
    assertEquals(3, lines.size());
    assertEquals(List.of("a 4 new", "b 5 b5 too", "c 1 c"), lines);
    table.put(
        TableFixture.days(1, 2),
        values(
            "k, s, v, _day",
            "'b', 5, 'b5', DATE'2020-01-01'",
            "'b', 5, 'b5 too', DATE'2020-01-02'"));
    assertEquals("b 5 b5 too", table.lines().get(1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDayMadeAgainCorrectsWhatItWroteAndNothingNewer(boolean internals) {
    TableFixture table = table(internals, Optional.of("s"), Optional.empty(), false);
    String columns = "k, s, v, _day";
    table.put(
        TableFixture.day(2),
        values(
            columns,
            "'a', 1, 'a2', DATE'2020-01-02'",
            "'b', 1, 'b2', DATE'2020-01-02'",
            "'c', 3, 'c2', DATE'2020-01-02'"));
    // Hash decides nothing: each of many values takes the place of the one before.
    for (int i = 0; i < 4; i++) {
      table.put(
          TableFixture.day(1),
          values(
              columns,
              "'a', 1, 'a1 %d', DATE'2020-01-01'".formatted(i),
              "'c', 2, 'c1', DATE'2020-01-01'",
              "'d', 1, 'd1 %d', DATE'2020-01-01'".formatted(i)));
      assertEquals(List.of("a 1 a2", "b 1 b2", "c 3 c2", "d 1 d1 " + i), table.lines());
    }
    table.put(TableFixture.day(2), values(columns, "'a', 1, 'corrected', DATE'2020-01-02'"));
    assertEquals(List.of("a 1 corrected", "b 1 b2", "c 3 c2", "d 1 d1 3"), table.lines());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDayMadeAgainWithTheSameRowsChangesNothing(boolean isOrdered) {
    TableFixture table =
        isOrdered
            ? table(true, Optional.empty(), Optional.of("s = 9"), false)
            : table(true, Optional.of("s"), Optional.empty(), false);
    String first = "SELECT *, DATE'2020-01-01' AS _day FROM VALUES (%s) AS t(k, s, v)";
    table.put(TableFixture.day(1), first.formatted("'a', 1, array(1)), ('b', 1, array(2)"));
    table.put(
        TableFixture.day(2),
        "SELECT *, DATE'2020-01-02' AS _day FROM VALUES ('c', 2, array(3)) AS t(k, s, v)");
    if (isOrdered) {
      // The first time, who takes a day back does not know what MERGE wrote.
      changed(table, TableFixture.day(2), "'c', 2, array(3)");
    }
    assertFalse(changed(table, TableFixture.day(2), "'c', 2, array(3)"));
    if (!isOrdered) {
      assertFalse(changed(table, TableFixture.day(1), "'b', 1, array(2)), ('a', 1, array(1)"));
      assertTrue(changed(table, TableFixture.day(1), "'b', 1, array(2)), ('a', 1, array(1, NULL)"));
    }
    assertTrue(changed(table, TableFixture.day(2), "'c', 2, array(4)"));
  }

  /** Whether the day made so changes rows; the commit and who asks must say the same. */
  private static boolean changed(TableFixture table, Interval day, String rows) {
    String sql =
        "SELECT *, DATE'%s' AS _day FROM VALUES (%s) AS t(k, s, v)"
            .formatted(day.from().toLocalDate(), rows);
    try (StagedRows staged = table.stage(day, sql)) {
      long version = table.publish(day, staged);
      List<Commit> commits = TableLog.at(table.path, Map.of()).since(version - 1).commits();
      assertEquals(staged.unchanged().isEmpty(), commits.get(0).changesData());
      return commits.get(0).changesData();
    }
  }

  @Test
  void aTableThatDoesNotKnowItsIntervalsYetLearnsThem() {
    TableFixture table = table(true, Optional.of("s"), Optional.empty(), false);
    String columns = "k, s, v, _day";
    table.spark.sql(
        "CREATE TABLE delta.`%s` (k STRING, s INT, v STRING) USING delta".formatted(table.path));
    table.spark.sql(
        "INSERT INTO delta.`%s` VALUES ('a', 1, 'old'), ('b', 2, 'old')".formatted(table.path));
    table.put(
        TableFixture.day(2),
        values(columns, "'a', 1, 'a2', DATE'2020-01-02'", "'b', 1, 'b2', DATE'2020-01-02'"));
    table.put(TableFixture.day(1), values(columns, "'a', 1, 'a1', DATE'2020-01-01'"));
    assertEquals(List.of("a 1 a2", "b 2 old"), table.lines());
  }

  @Test
  void aDayThatItsRowsTellTakesThePlaceOfItselfAlone() {
    TableFixture table =
        new TableFixture(
            folder,
            true,
            new WriteSpec.Merge(List.of("k"), Optional.of("s"), Optional.empty(), false),
            Cadence.DAY,
            new Shape(List.of(), Optional.of("at")));
    table.put(TableFixture.day(2), values("k, s, at", "'a', 1, TIMESTAMP'2020-01-02 09:00:00'"));
    table.put(TableFixture.day(2), values("k, s, at", "'a', 1, TIMESTAMP'2020-01-02 08:00:00'"));
    table.put(TableFixture.day(1), values("k, s, at", "'a', 1, TIMESTAMP'2020-01-01 10:00:00'"));
    assertEquals(List.of("a 1 2020-01-02 08:00:00.0"), table.lines());
    assertEquals(List.of("k", "s", "at"), List.of(table.read().columns()));
  }

  @Test
  void aKeyTwiceInADayIsAnErrorWhereNothingOrdersThem() {
    TableFixture table = table(true, Optional.empty(), Optional.empty(), false);
    TableException tie =
        assertThrows(
            TableException.class,
            () ->
                table.stage(
                    TableFixture.days(1, 2),
                    values(
                        "k, _day",
                        "'a', DATE'2020-01-01'",
                        "'b', DATE'2020-01-02'",
                        "'b', DATE'2020-01-02'")));
    assertTrue(
        String.valueOf(tie.getMessage())
            .startsWith("analysis.sale: key k = b of 2020-01-02 has several rows"),
        tie.toString());
    assertEquals(List.of(TableFixture.day(2)), tie.culprits());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void deletesAndKeptNullsApplyInOrderAndADayMadeAgainTakesBackTheLaterOnes(boolean internals) {
    TableFixture table = table(internals, Optional.empty(), Optional.of("op = 'D'"), true);
    String columns = "k, op, v, w, _day";
    table.put(
        TableFixture.day(1),
        values(columns, "'a', 'I', 1, 10, DATE'2020-01-01'", "'b', 'I', 2, 20, DATE'2020-01-01'"));
    table.put(
        TableFixture.day(2),
        values(
            columns, "'a', 'U', NULL, 11, DATE'2020-01-02'", "'b', 'D', 2, 20, DATE'2020-01-02'"));
    assertEquals(List.of("a U 1 11"), table.lines());
    table.put(
        TableFixture.days(3, 4),
        values(
            columns,
            "'b', 'I', 3, NULL, DATE'2020-01-03'",
            "'a', 'U', 5, NULL, DATE'2020-01-03'",
            "'a', 'U', NULL, 12, DATE'2020-01-04'"));
    assertEquals(List.of("a U 5 12", "b I 3 null"), table.lines());
    String second = values(columns, "'c', 'I', 7, 70, DATE'2020-01-02'");
    table.put(TableFixture.day(2), second);
    assertEquals(List.of("a I 1 10", "b I 2 20", "c I 7 70"), table.lines());
    table.put(TableFixture.day(3), values(columns, "'b', 'D', 0, 0, DATE'2020-01-03'"));
    assertEquals(List.of("a I 1 10", "c I 7 70"), table.lines());
    TableFixture again = table;
    again.put(
        TableFixture.days(1, 3),
        values(columns, "'z', 'I', 1, 1, DATE'2020-01-01'", "'y', 'I', 1, 1, DATE'2020-01-03'"));
    assertEquals(List.of("y I 1 1", "z I 1 1"), again.lines());
    Interval middle = TableFixture.day(2);
    try (StagedRows staged = again.stage(middle, second)) {
      TableException straddling =
          assertThrows(TableException.class, () -> again.publish(middle, staged));
      assertTrue(
          String.valueOf(straddling.getMessage())
              .endsWith("sluice backfill --select analysis.sale --from 2020-01-01"),
          straddling.toString());
    }
  }
}
