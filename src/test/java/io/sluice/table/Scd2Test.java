package io.sluice.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.Shape;
import io.sluice.lake.WriteSpec;
import io.sluice.table.Scd2Model.Held;
import io.sluice.table.Scd2Model.Made;
import io.sluice.time.Cadence;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Scd2Test {
  private static final List<String> SEEN = List.of("k", "t", "u", "valid_from", "valid_to");

  @TempDir Path folder;

  private TableFixture table(List<String> track, Optional<String> effective, boolean closeAbsent) {
    return table(true, track, effective, closeAbsent);
  }

  private TableFixture table(
      boolean internals, List<String> track, Optional<String> effective, boolean closeAbsent) {
    return new TableFixture(
        folder,
        internals,
        new WriteSpec.Scd2(List.of("k"), track, effective, Optional.empty(), closeAbsent),
        Cadence.DAY,
        new Shape(List.of(), Optional.of("_day")));
  }

  private static List<String> lines(TableFixture table) {
    return TableFixture.lines(table.read().selectExpr(SEEN.toArray(new String[0])));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void versionsOpenCloseAndAreSeenAsOfAMomentWithAndWithoutDeltasInternals(boolean internals) {
    TableFixture table = table(internals, List.of("t"), Optional.empty(), false);
    table.put(
        TableFixture.days(1, 3),
        "SELECT * FROM VALUES ('a', 'red', 1, DATE'2020-01-01'), ('b', 'blue', 1, DATE'2020-01-01'),"
            + " ('a', 'green', 2, DATE'2020-01-03') AS t(k, t, u, _day)");
    assertEquals(
        List.of(
            "a green 2 2020-01-03 9999-12-31",
            "a red 1 2020-01-01 2020-01-03",
            "b blue 1 2020-01-01 9999-12-31"),
        lines(table));
    assertEquals(
        List.of("sale_key", "k", "t", "u", "valid_from", "valid_to", "is_current"),
        List.of(table.read().columns()));
    assertEquals(
        List.of("a red 9999-12-31 true", "b blue 9999-12-31 true"),
        TableFixture.lines(
            table
                .read(0, Optional.empty(), Optional.of(TableFixture.day(2).to()))
                .selectExpr("k", "t", "valid_to", "is_current")));
    assertEquals(3, table.read().select("sale_key").distinct().count());
    // An untracked column changes in place, a new one is added, and both are taken back with the
    // day.
    table.put(
        TableFixture.day(4),
        "SELECT 'b' AS k, 'blue' AS t, 5 AS u, DATE'2020-01-04' AS _day, 'n' AS more");
    assertEquals("b blue 5 2020-01-01 9999-12-31", lines(table).get(2));
    table.put(
        TableFixture.day(4),
        "SELECT 'a' AS k, 'pink' AS t, 7 AS u, DATE'2020-01-04' AS _day, 'm' AS more");
    assertEquals(
        List.of(
            "a green 2 2020-01-03 2020-01-04",
            "a pink 7 2020-01-04 9999-12-31",
            "a red 1 2020-01-01 2020-01-03",
            "b blue 1 2020-01-01 9999-12-31"),
        lines(table));
    // Nothing to change is a commit with its receipt nevertheless.
    long version =
        table.put(
            TableFixture.day(5),
            "SELECT 'a' AS k, 'pink' AS t, 7 AS u, DATE'2020-01-05' AS _day, 'm' AS more");
    assertEquals(version, table.tables.version(table.path).orElseThrow());
  }

  @Test
  void rowsOfAKeyThatNothingOrdersAreAnErrorThatNamesIt() {
    TableFixture table = table(List.of(), Optional.of("at"), false);
    TableException tie =
        assertThrows(
            TableException.class,
            () ->
                table.stage(
                    TableFixture.day(1),
                    "SELECT 'a' AS k, explode(array(1, 2)) AS t, DATE'2020-01-01' AS at, DATE'2020-01-01' AS _day"));
    assertTrue(
        String.valueOf(tie.getMessage())
            .startsWith("analysis.sale: key k = a of 2020-01-01 has several rows"),
        tie.toString());
    assertEquals(List.of(TableFixture.day(1)), tie.culprits());
    TableException unknown =
        assertThrows(
            TableException.class,
            () ->
                table.stage(
                    TableFixture.day(1),
                    "SELECT 'a' AS k, 1 AS t, CAST(NULL AS DATE) AS at, DATE'2020-01-01' AS _day"));
    assertTrue(
        String.valueOf(unknown.getMessage()).contains("NULL in the column of write.effective"));
  }

  @Test
  void randomDaysInRandomTasksAndRewindsEqualTheModel() {
    long seed = 20;
    Random random = new Random(seed);
    TableFixture table = table(List.of("t"), Optional.of("at"), true);
    SortedMap<Integer, List<Made>> days = new TreeMap<>();
    int made = 0;
    for (int step = 0; step < 4; step++) {
      int first = 1 + random.nextInt(made + 1);
      int last = Math.max(made, first) + random.nextInt(3);
      for (int day = first; day <= last; day++) {
        days.put(day, rows(random, day));
      }
      int task = first;
      while (task <= last) {
        int end = Math.min(last, task + random.nextInt(4));
        table.put(TableFixture.days(task, end), sql(days.subMap(task, end + 1)));
        task = end + 1;
      }
      made = last;
      assertEquals(
          Scd2Model.after(days, true).stream().map(Scd2Test::line).sorted().toList(),
          lines(table),
          "seed " + seed + " step " + step + " " + days);
    }
  }

  private static List<Made> rows(Random random, int day) {
    List<Made> rows = new ArrayList<>();
    for (String key : List.of("a", "b", "c", "d")) {
      if (random.nextInt(3) > 0) {
        rows.add(
            new Made(
                key,
                Math.max(1, day - random.nextInt(3)),
                "t" + random.nextInt(3),
                "u" + random.nextInt(2)));
      }
    }
    return rows;
  }

  private static String sql(SortedMap<Integer, List<Made>> days) {
    List<String> values = new ArrayList<>();
    days.forEach(
        (day, rows) ->
            rows.forEach(
                row ->
                    values.add(
                        "('%s', '%s', '%s', DATE'%s', DATE'%s')"
                            .formatted(
                                row.key(),
                                row.tracked(),
                                row.other(),
                                date(row.at()),
                                date(day)))));
    return values.isEmpty()
        ? "SELECT 'a' AS k, 't' AS t, 'u' AS u, current_date() AS at, current_date() AS _day WHERE false"
        : "SELECT * FROM VALUES %s AS t(k, t, u, at, _day)".formatted(String.join(", ", values));
  }

  private static LocalDate date(int day) {
    return TableFixture.day(day).from().toLocalDate();
  }

  private static String line(Held held) {
    return "%s %s %s %s %s"
        .formatted(
            held.key(),
            held.tracked(),
            held.other(),
            date(held.from()),
            held.to() == Scd2Model.OPEN ? "9999-12-31" : date(held.to()));
  }
}
