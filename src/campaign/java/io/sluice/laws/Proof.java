package io.sluice.laws;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.Receipt;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.TaskRow;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What must be true of a lake when all of it was made, whatever happened before: looked up in its
 * tables, their logs and the ledger.
 */
final class Proof {
  private static final String FIRST_TIME = "(missing|failed)(, (missing|failed))*";

  private final CampaignLake lake;
  private final CampaignLake undisturbed;
  private final List<String> faults = new ArrayList<>();
  private final List<AttemptRow> attempts = new ArrayList<>();
  private final Map<String, String> reasons = new HashMap<>();
  private long receipts;

  private Proof(CampaignLake lake, CampaignLake undisturbed) {
    this.lake = lake;
    this.undisturbed = undisturbed;
  }

  /**
   * @param faults what is not as it must be; empty where all is well
   * @param receipts that were looked at
   */
  record Found(List<String> faults, long attempts, long receipts) {}

  /** Of a lake whose ledger was always there. */
  static Found of(CampaignLake lake, CampaignLake undisturbed) {
    Proof proof = new Proof(lake, undisturbed);
    proof.tablesAreAsUndisturbed();
    proof.planIsEmpty();
    proof.quarantineIsAsUndisturbed();
    proof.readLedger();
    proof.logsAndLedgerAgree();
    proof.noneOverlap();
    return new Found(proof.faults, proof.attempts.size(), proof.receipts);
  }

  /** Of one whose ledger was lost: what it knew of reasons is lost with it. */
  static Found withoutHistory(CampaignLake lake, CampaignLake undisturbed) {
    Proof proof = new Proof(lake, undisturbed);
    proof.tablesAreAsUndisturbed();
    proof.planIsEmpty();
    return new Found(proof.faults, 0, 0);
  }

  private void tablesAreAsUndisturbed() {
    for (String table : lake.tables()) {
      List<String> rows = lake.rows(table);
      List<String> expected = undisturbed.rows(table);
      if (!rows.equals(expected)) {
        List<String> more = new ArrayList<>(rows);
        expected.forEach(more::remove);
        List<String> less = new ArrayList<>(expected);
        rows.forEach(less::remove);
        faults.add(
            "%s has %d rows that an undisturbed one has not %s, and lacks %d %s"
                .formatted(table, more.size(), first(more), less.size(), first(less)));
      }
    }
  }

  private static String first(List<String> rows) {
    return rows.stream().limit(2).toList().toString();
  }

  private void planIsEmpty() {
    String plan = lake.lake().plan("--all-sources");
    if (!plan.isEmpty()) {
      faults.add("the plan is not empty: " + plan.replace("\n", "; "));
    }
  }

  private void quarantineIsAsUndisturbed() {
    String own = turnedAway(lake);
    String expected = turnedAway(undisturbed);
    if (!own.equals(expected)) {
      faults.add("in quarantine are %s, and should be %s".formatted(own, expected));
    }
  }

  /** How many rows of which interval, as the ledger counts them, and as they lie there. */
  private static String turnedAway(CampaignLake lake) {
    Map<String, Long> rows = new TreeMap<>();
    lake.lake()
        .ask(
            engine -> {
              engine
                  .ledger()
                  .quarantined(Optional.empty())
                  .forEach(
                      row -> rows.merge(row.job() + " " + row.interval(), row.rows(), Long::sum));
              return true;
            });
    if (!lake.tables().contains("raw.sales")) {
      return rows.toString();
    }
    String there =
        lake.lake()
            .made(
                "sql",
                "--json",
                "SELECT rule, count(*) AS n FROM quarantine.raw.sales GROUP BY rule ORDER BY rule")
            .out()
            .strip();
    return rows + " " + there;
  }

  private void readLedger() {
    lake.lake()
        .ask(
            engine -> {
              engine
                  .ledger()
                  .runs(10_000)
                  .forEach(
                      run -> {
                        attempts.addAll(engine.ledger().attempts(run.id()));
                        for (TaskRow task : engine.ledger().tasks(run.id())) {
                          reasons.put(task.id(), task.reasons());
                        }
                      });
              return true;
            });
  }

  private void logsAndLedgerAgree() {
    Set<String> told = new HashSet<>();
    for (String table : lake.tables()) {
      List<Commit> commits = lake.log(table).since(-1).commits();
      for (int i = 0; i < commits.size(); i++) {
        if (commits.get(i).version() != i) {
          faults.add("%s lacks version %d in its log".formatted(table, i));
          break;
        }
      }
      List<Receipt> own = commits.stream().map(Commit::receipt).flatMap(Optional::stream).toList();
      receipts += own.size();
      own.forEach(receipt -> eachIsKnown(receipt, told));
      noneIsMadeTooOften(table, own);
    }
    for (AttemptRow attempt : attempts) {
      if (attempt.state().equals("running")) {
        faults.add("attempt %s at %s is still running".formatted(attempt.id(), attempt.job()));
      }
      if (attempt.state().equals("made") && !told.contains(attempt.id())) {
        faults.add(
            "attempt %s at %s is made, and has no receipt".formatted(attempt.id(), attempt.job()));
      }
    }
  }

  private void eachIsKnown(Receipt receipt, Set<String> told) {
    if (!told.add(receipt.attempt())) {
      faults.add("attempt %s has two receipts".formatted(receipt.attempt()));
    }
    if (attempts.stream()
        .noneMatch(
            attempt -> attempt.id().equals(receipt.attempt()) && attempt.state().equals("made"))) {
      faults.add(
          "%s has a receipt of attempt %s, which the ledger does not call made"
              .formatted(receipt.job(), receipt.attempt()));
    }
  }

  /** Once because it was missing, and once for each time that somebody asked for it. */
  private void noneIsMadeTooOften(String table, List<Receipt> own) {
    Map<Interval, Long> missing = new TreeMap<>(Comparator.comparing(Interval::from));
    Map<Interval, Long> forced = new TreeMap<>(Comparator.comparing(Interval::from));
    for (Receipt receipt : own) {
      String why = reasons.getOrDefault(receipt.attempt().replaceFirst("\\.\\d+$", ""), "unknown");
      for (Receipt.Made made : receipt.made()) {
        if (why.matches(FIRST_TIME)) {
          missing.merge(made.interval(), 1L, Long::sum);
        } else if (why.equals("forced")) {
          forced.merge(made.interval(), 1L, Long::sum);
        }
      }
    }
    missing.forEach((interval, times) -> atMost(table, interval, times, 1, "missing"));
    forced.forEach(
        (interval, times) ->
            atMost(
                table,
                interval,
                times,
                lake.asked(table, interval.from().toLocalDate()),
                "forced"));
  }

  private void atMost(String table, Interval interval, long times, long most, String why) {
    if (times > most) {
      faults.add(
          "%s %s was made %d times as %s, and should be %d times at most"
              .formatted(table, Cadence.DAY.name(interval), times, why, most));
    }
  }

  /** Of two that published the same interval, one ended before the other began. */
  private void noneOverlap() {
    List<AttemptRow> made =
        attempts.stream()
            .filter(attempt -> attempt.state().equals("made"))
            .sorted(Comparator.comparing(AttemptRow::startedAt))
            .toList();
    for (int i = 0; i < made.size(); i++) {
      AttemptRow one = made.get(i);
      Instant end = one.endedAt().orElse(Instant.MAX);
      for (int j = i + 1; j < made.size() && made.get(j).startedAt().isBefore(end); j++) {
        AttemptRow other = made.get(j);
        if (one.job().equals(other.job())
            && !one.published().intersect(other.published()).isEmpty()) {
          faults.add(
              "attempts %s and %s made the same of %s at once"
                  .formatted(one.id(), other.id(), one.job()));
        }
      }
    }
  }
}
