package io.sluice.laws;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.Receipt;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.TaskRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What must be true of a lake when all of it was made, whatever happened before: looked up in its
 * tables, their logs and the ledger.
 */
final class Proof {
  private static final Pattern TAKEN_OVER =
      Pattern.compile("was taken over by another|over while this driver stood still");

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
   * @param attempts how many of each state
   * @param receipts that were looked at
   */
  record Found(List<String> faults, Map<String, Long> attempts, long receipts) {}

  /** Of a lake whose ledger was always there. */
  static Found of(CampaignLake lake, CampaignLake undisturbed) {
    Proof proof = new Proof(lake, undisturbed);
    proof.tablesAreAsUndisturbed();
    proof.planIsEmpty();
    proof.quarantineIsAsUndisturbed();
    proof.readLedger();
    proof.logsAndLedgerAgree();
    proof.noneOverlap();
    return new Found(proof.faults, proof.states(), proof.receipts);
  }

  /** Of one whose ledger was lost: what it knew of reasons is lost with it. */
  static Found withoutHistory(CampaignLake lake, CampaignLake undisturbed) {
    Proof proof = new Proof(lake, undisturbed);
    proof.tablesAreAsUndisturbed();
    proof.planIsEmpty();
    return new Found(proof.faults, Map.of(), 0);
  }

  private Map<String, Long> states() {
    Map<String, Long> states = new TreeMap<>();
    for (AttemptRow attempt : attempts) {
      boolean isRefused =
          attempt.state().equals("failed") && TAKEN_OVER.matcher(attempt.message()).find();
      states.merge(isRefused ? "refused after a takeover" : attempt.state(), 1L, Long::sum);
    }
    return states;
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
    Map<String, List<Commit>> logs = new HashMap<>();
    lake.tables().forEach(table -> logs.put(table, lake.log(table).since(-1).commits()));
    Set<String> told = new HashSet<>();
    for (String table : lake.tables()) {
      List<Commit> commits = Objects.requireNonNull(logs.get(table));
      isWithoutHole(table, commits);
      List<Receipt> own = commits.stream().map(Commit::receipt).flatMap(Optional::stream).toList();
      receipts += own.size();
      own.forEach(receipt -> eachIsKnown(receipt, told));
      faults.addAll(
          Doubles.of(
              table,
              logs,
              this::reasons,
              (interval, until) -> lake.asked(table, interval.from().toLocalDate(), until)));
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

  private void isWithoutHole(String table, List<Commit> commits) {
    long latest = lake.version(table).orElse(-1);
    for (long version = 0; version <= latest; version++) {
      if (version >= commits.size() || commits.get((int) version).version() != version) {
        faults.add("%s lacks version %d of %d in its log".formatted(table, version, latest));
        return;
      }
    }
  }

  private String reasons(String attempt) {
    return reasons.getOrDefault(attempt.replaceFirst("\\.\\d+$", ""), "unknown");
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
