package io.sluice.laws;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.TableLog;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.TaskRow;
import io.sluice.testing.TestSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Five tables over ten days of the sample, one of them SCD2 and one merged, and what must be true of them. */
record CampaignLake(TestLake lake, String root, Map<String, String> storage) {
  static final int DAYS = 10;
  static final List<String> TABLES =
      List.of(
          "raw.sales",
          "raw.fx_rate",
          "analysis.fact_sale",
          "analysis.dim_product",
          "feature.last_sold");

  /**
   * @param root of the tables
   * @param storage what Hadoop must know of it
   */
  static CampaignLake at(Path folder, String root, Map<String, String> storage) {
    TestLake lake =
        SampleExtract.only(
            SampleExtract.at(folder, DAYS, 100, 2), TABLES.subList(0, TABLES.size() - 1));
    lake.file(
        "jobs/feature/last_sold.sql",
        """
        /* sluice
          interval-by = invoice_date
          batch = 2
          write { mode = merge, key = [stock_code], sequence-by = invoiced_at }
        */
        SELECT stock_code, max(invoiced_at) AS invoiced_at, max(unit_price) AS unit_price, invoice_date
        FROM analysis.fact_sale
        GROUP BY stock_code, invoice_date
        """);
    lake.file(
        "conf/lake.conf",
        "name = retail\nroot = \"%s\"\ndefaults { retry { attempts = 5, delay = 200ms, max-delay = 2s } }\nspark {\n%s}\n"
            .formatted(
                root,
                storage.entrySet().stream()
                    .map(
                        one ->
                            "  \"spark.hadoop.%s\" = \"%s\"\n"
                                .formatted(one.getKey(), one.getValue()))
                    .collect(Collectors.joining())));
    return new CampaignLake(lake, root, storage);
  }

  Path folder() {
    return lake.folder();
  }

  String path(String table) {
    return root + "/" + table.replace('.', '/');
  }

  List<String> rows(String table) {
    return TestSpark.session()
        .newSession()
        .read()
        .format("delta")
        .load(path(table))
        .drop("_received_at")
        .collectAsList()
        .stream()
        .map(row -> row.mkString("|").replace(folder().toString(), "~"))
        .sorted()
        .toList();
  }

  /** What is not as it must be after all was made; empty where all is well. */
  List<String> faults(CampaignLake undisturbed) {
    List<String> faults = new ArrayList<>();
    for (String table : TABLES) {
      if (!rows(table).equals(undisturbed.rows(table))) {
        faults.add(table + " has other rows than undisturbed");
      }
    }
    String plan = lake.plan();
    if (!plan.isEmpty()) {
      faults.add("the plan is not empty: " + plan.replace("\n", "; "));
    }
    Map<String, String> reasons = new HashMap<>();
    List<AttemptRow> attempts = new ArrayList<>();
    lake.ask(
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
    Set<String> receipts = new HashSet<>();
    for (String table : TABLES) {
      Map<String, Integer> first = new TreeMap<>();
      for (Receipt receipt : receipts(table)) {
        receipts.add(receipt.attempt());
        String reason =
            reasons.getOrDefault(receipt.attempt().replaceFirst("\\.\\d+$", ""), "unknown");
        if (reason.matches("(missing|failed)(, (missing|failed))*")) {
          receipt.made().forEach(made -> first.merge(made.interval().toString(), 1, Integer::sum));
        }
      }
      first.forEach(
          (interval, times) -> {
            if (times > 1) {
              faults.add("%s %s was made %d times as missing".formatted(table, interval, times));
            }
          });
    }
    for (AttemptRow attempt : attempts) {
      if (attempt.state().equals("running")) {
        faults.add("attempt " + attempt.id() + " is still running");
      }
      if (attempt.state().equals("made") && !receipts.contains(attempt.id())) {
        faults.add("attempt " + attempt.id() + " is made without receipt");
      }
    }
    return faults;
  }

  private List<Receipt> receipts(String table) {
    Map<String, String> settings =
        storage.entrySet().stream()
            .collect(Collectors.toMap(one -> "spark.hadoop." + one.getKey(), Map.Entry::getValue));
    return TableLog.at(path(table), settings).since(-1).commits().stream()
        .map(Commit::receipt)
        .flatMap(Optional::stream)
        .toList();
  }
}
