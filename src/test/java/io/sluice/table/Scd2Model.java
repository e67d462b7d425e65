package io.sluice.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the versions of all keys are after some intervals, told as simply as can be. */
final class Scd2Model {
  static final int OPEN = Integer.MAX_VALUE;

  /** A row made by an interval: from day {@code at} on the key has these values. */
  record Made(String key, int at, String tracked, String other) {}

  /** A version; {@code to} is exclusive. */
  record Held(String key, int from, int to, String tracked, String other) {}

  private Scd2Model() {}

  static List<Held> after(SortedMap<Integer, List<Made>> days, boolean closeAbsent) {
    Map<String, List<Held>> all = new TreeMap<>();
    days.forEach(
        (day, rows) -> {
          for (Made row : rows.stream().sorted(Comparator.comparingInt(Made::at)).toList()) {
            put(all.computeIfAbsent(row.key(), key -> new ArrayList<>()), row);
          }
          if (closeAbsent && !rows.isEmpty()) {
            all.forEach(
                (key, held) -> {
                  if (rows.stream().noneMatch(row -> row.key().equals(key))) {
                    held.replaceAll(
                        v ->
                            v.to() == OPEN && v.from() < day
                                ? new Held(key, v.from(), day, v.tracked(), v.other())
                                : v);
                  }
                });
          }
        });
    return all.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(Held::key).thenComparing(Held::from))
        .toList();
  }

  private static void put(List<Held> held, Made row) {
    int end = OPEN;
    for (Held version : List.copyOf(held)) {
      if (version.from() > row.at()) {
        end = Math.min(end, version.from());
      } else if (row.at() < version.to()) {
        held.remove(version);
        boolean isSame = version.tracked().equals(row.tracked()) || version.from() == row.at();
        if (isSame) {
          held.add(new Held(row.key(), version.from(), version.to(), row.tracked(), row.other()));
        } else {
          held.add(
              new Held(row.key(), version.from(), row.at(), version.tracked(), version.other()));
          held.add(new Held(row.key(), row.at(), version.to(), row.tracked(), row.other()));
        }
        return;
      }
    }
    held.add(new Held(row.key(), row.at(), end, row.tracked(), row.other()));
  }
}
