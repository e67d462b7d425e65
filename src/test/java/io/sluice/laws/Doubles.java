package io.sluice.laws;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.Receipt;
import io.sluice.time.Interval;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Intervals that were made again for nothing. What a table's commits say of an interval must differ
 * from the time before in its definition, its source's items, or in an input that got new rows of
 * that time or an earlier one; else somebody must have asked for it before, once for each time.
 */
final class Doubles {
  private static final String ORDER = "order";

  private final String table;
  private final Map<String, List<Commit>> logs;
  private final Reasons reasons;
  private final List<String> faults = new ArrayList<>();

  /** Why an attempt's task was planned, as the ledger says it; empty where it does not know. */
  interface Reasons {
    String of(String attempt);
  }

  /** How often somebody had asked for an interval of the table until then. */
  interface Asked {
    long times(Interval interval, Instant until);
  }

  private Doubles(String table, Map<String, List<Commit>> logs, Reasons reasons) {
    this.table = table;
    this.logs = logs;
    this.reasons = reasons;
  }

  /** The receipt of one interval. */
  private record Turn(long version, Instant at, Receipt receipt, String items) {}

  /**
   * @param logs all commits of each table, in order
   * @return what should not be, a line each
   */
  static List<String> of(
      String table, Map<String, List<Commit>> logs, Reasons reasons, Asked asked) {
    Doubles doubles = new Doubles(table, logs, reasons);
    doubles
        .turns()
        .forEach(
            (interval, turns) -> {
              doubles.noRunHasTwo(interval, turns);
              doubles.eachIsForSomething(interval, turns, asked);
            });
    return doubles.faults;
  }

  private Map<Interval, List<Turn>> turns() {
    Map<Interval, List<Turn>> turns = new TreeMap<>();
    for (Commit commit : log(table)) {
      commit
          .receipt()
          .ifPresent(
              receipt -> {
                for (int i = 0; i < receipt.made().size(); i++) {
                  String items = receipt.sources().isEmpty() ? "" : receipt.sources().get(i);
                  turns
                      .computeIfAbsent(receipt.made().get(i).interval(), any -> new ArrayList<>())
                      .add(new Turn(commit.version(), commit.at(), receipt, items));
                }
              });
    }
    return turns;
  }

  private void noRunHasTwo(Interval interval, List<Turn> turns) {
    Map<String, Long> versions = new HashMap<>();
    for (Turn turn : turns) {
      Long before = versions.put(turn.receipt().run(), turn.version());
      if (before != null) {
        faults.add(
            "%s %s was made twice by run %s, in versions %d and %d"
                .formatted(table, interval, turn.receipt().run(), before, turn.version()));
      }
    }
  }

  private void eachIsForSomething(Interval interval, List<Turn> turns, Asked asked) {
    long askedFor = 0;
    for (int i = 1; i < turns.size(); i++) {
      Turn before = turns.get(i - 1);
      Turn turn = turns.get(i);
      if (isForSomething(interval, before, turn)) {
        continue;
      }
      askedFor++;
      long times = asked.times(interval, turn.at());
      if (askedFor > times) {
        faults.add(
            "%s %s was made in version %d as in version %d, from the same, because it was '%s'; the %d. time, and until then it was asked for %d times"
                .formatted(
                    table,
                    interval,
                    turn.version(),
                    before.version(),
                    reasons.of(turn.receipt().attempt()),
                    askedFor,
                    times));
      }
    }
  }

  private boolean isForSomething(Interval interval, Turn before, Turn turn) {
    Receipt one = before.receipt();
    Receipt other = turn.receipt();
    if (!one.definition().equals(other.definition())
        || !before.items().equals(turn.items())
        || !one.reads().keySet().equals(other.reads().keySet())) {
      return true;
    }
    return one.reads().keySet().stream()
            .anyMatch(
                input ->
                    hasReceipt(
                        input,
                        Objects.requireNonNull(one.reads().get(input)),
                        Objects.requireNonNull(other.reads().get(input)),
                        interval.to()))
        || (reasons.of(other.attempt()).contains(ORDER)
            && hasReceipt(table, before.version(), turn.version(), interval.from()));
  }

  /** Whether a table got rows of a time before this one, between two of its versions. */
  private boolean hasReceipt(String of, long after, long last, LocalDateTime before) {
    return log(of).stream()
        .filter(commit -> commit.version() > after && commit.version() <= last)
        .filter(Commit::changesData)
        .flatMap(commit -> commit.receipt().stream())
        .flatMap(receipt -> receipt.made().stream())
        .anyMatch(made -> made.interval().from().isBefore(before));
  }

  private List<Commit> log(String name) {
    return logs.getOrDefault(name, List.of());
  }
}
