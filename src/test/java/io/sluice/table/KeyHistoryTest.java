package io.sluice.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.table.KeyHistory.Change;
import io.sluice.table.KeyHistory.Version;
import io.sluice.table.Scd2Model.Held;
import io.sluice.table.Scd2Model.Made;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class KeyHistoryTest {
  private static final long OPEN = Scd2Model.OPEN;
  private static final boolean[] TRACKED = {true, false};

  @Test
  void anyWayOfMakingAndTakingBackIntervalsEqualsMakingThemInOrder() {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      boolean closeAbsent = random.nextBoolean();
      int lateness = random.nextInt(4);
      SortedMap<Integer, List<Made>> days = new TreeMap<>();
      List<Version> versions = List.of();
      int made = 0;
      for (int step = 0; step < 6; step++) {
        int first = 1 + random.nextInt(made + 1);
        int last = Math.max(made, first) + random.nextInt(3);
        for (int day = first; day <= last; day++) {
          days.put(day, rows(random, day, lateness));
        }
        int task = first;
        while (task <= last) {
          int end = Math.min(last, task + random.nextInt(3));
          versions = task(versions, task, days.subMap(task, end + 1), closeAbsent);
          task = end + 1;
        }
        made = last;
        assertEquals(
            Scd2Model.after(days, closeAbsent).stream().filter(v -> v.key().equals("a")).toList(),
            versions.stream().map(KeyHistoryTest::held).toList(),
            "seed " + seed + " " + days);
      }
    }
  }

  /** Rows of key a, and of b so that the interval is not empty where a is absent. */
  private static List<Made> rows(Random random, int day, int lateness) {
    List<Made> rows = new ArrayList<>();
    if (random.nextInt(4) > 0) {
      rows.add(new Made("b", day, "x", "y"));
    }
    int at = day - random.nextInt(lateness + 1);
    for (int i = random.nextInt(3); i > 0; i--, at++) {
      rows.add(new Made("a", at, "t" + random.nextInt(3), "u" + random.nextInt(3)));
    }
    return rows;
  }

  private static List<Version> task(
      List<Version> before, int first, SortedMap<Integer, List<Made>> days, boolean closeAbsent) {
    KeyHistory history = new KeyHistory(OPEN, TRACKED, before);
    history.takeBack(first);
    for (Map.Entry<Integer, List<Made>> day : days.entrySet()) {
      List<Change> changes =
          day.getValue().stream()
              .filter(row -> row.key().equals("a"))
              .sorted(Comparator.comparingInt(Made::at))
              .map(row -> new Change(row.at(), new Object[] {row.tracked(), row.other()}))
              .toList();
      if (!changes.isEmpty()) {
        history.apply(day.getKey(), changes);
      } else if (closeAbsent && !day.getValue().isEmpty()) {
        history.closeAbsent(day.getKey(), day.getKey());
      }
    }
    return history.versions();
  }

  private static Held held(Version version) {
    return new Held(
        "a",
        (int) version.from,
        (int) version.to,
        Objects.toString(version.values[0]),
        Objects.toString(version.values[1]));
  }

  @Test
  void aVersionThatWasOnlyClosedKeepsNoPast() {
    KeyHistory history = new KeyHistory(OPEN, TRACKED, List.of());
    history.apply(1, List.of(new Change(1, new Object[] {"a", "x"})));
    history.apply(2, List.of(new Change(2, new Object[] {"b", "x"})));
    assertEquals(
        List.of(0, 0), history.versions().stream().map(version -> version.past.size()).toList());
    history.apply(3, List.of(new Change(3, new Object[] {"b", "y"})));
    assertEquals(
        List.of(0, 1), history.versions().stream().map(version -> version.past.size()).toList());
  }
}
