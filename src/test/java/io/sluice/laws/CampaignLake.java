package io.sluice.laws;

import io.sluice.deltalog.TableLog;
import io.sluice.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A lake that harm is done to, and what was asked of it so far. */
final class CampaignLake {
  static final int DAYS = 10;
  static final List<String> SAMPLE =
      List.of(
          "raw.sales",
          "raw.fx_rate",
          "analysis.fact_sale",
          "analysis.dim_product",
          "feature.last_sold");

  private static final int LINES_A_DAY = 40;
  private static final int BATCH = 5;
  private static final String FAR = "2030-01-01T00:00:00Z";

  private final TestLake lake;
  private final String root;
  private final Map<String, String> storage;
  private final List<String> tables;
  private final List<String> javaOptions = new ArrayList<>(List.of("-Dsluice.lease.seconds=5"));
  private final List<Backfill> backfills = new ArrayList<>();
  private final Map<LocalDate, byte[]> changed = new HashMap<>();

  /**
   * Days that were asked to be made again.
   *
   * @param table empty for all
   */
  record Backfill(String table, LocalDate first, LocalDate last, Instant at) {
    boolean concerns(String other, LocalDate day) {
      return (table.isEmpty() || table.equals(other)) && !day.isBefore(first) && !day.isAfter(last);
    }

    List<String> words() {
      List<String> words = new ArrayList<>(List.of("backfill"));
      if (!table.isEmpty()) {
        words.addAll(List.of("--select", table));
      }
      words.addAll(List.of("--from", first.toString(), "--to", last.toString()));
      return words;
    }
  }

  /**
   * @param storage what Hadoop must know of the root
   */
  CampaignLake(TestLake lake, String root, Map<String, String> storage, List<String> tables) {
    this.lake = lake;
    this.root = root;
    this.storage = new TreeMap<>(storage);
    this.tables = List.copyOf(tables);
  }

  /**
   * Five tables over ten days of the sample, one of them SCD2 and one merged; each day has a row
   * that is turned away by the source, and one by a rule.
   *
   * @param settings more lines of conf/lake.conf
   */
  static CampaignLake sample(
      Path folder, String root, Map<String, String> storage, String settings) {
    TestLake lake =
        SampleExtract.only(
                SampleExtract.at(folder, DAYS, LINES_A_DAY, BATCH),
                SAMPLE.subList(0, SAMPLE.size() - 1))
            .now(FAR);
    for (int i = 0; i < DAYS; i++) {
      LocalDate day = day(i);
      if (Files.exists(folder.resolve(file(day)))) {
        lake.land(
            "sales/%s.csv-bad".formatted(day),
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
            "999001,,WITHOUT A CODE,1,%s 09:00:00,1.00,,United Kingdom".formatted(day),
            "999002,85123A,NOT A NUMBER,many,%s 09:00:00,1.00,,United Kingdom".formatted(day));
      }
    }
    lake.file(
        "jobs/feature/last_sold.sql",
        """
        /* sluice
          interval-by = invoice_date
          batch = 10
          write { mode = merge, key = [stock_code], sequence-by = invoiced_at }
        */
        SELECT stock_code, max(invoiced_at) AS invoiced_at, max(unit_price) AS unit_price, invoice_date
        FROM analysis.fact_sale
        GROUP BY stock_code, invoice_date
        """);
    CampaignLake sample = new CampaignLake(lake, root, storage, SAMPLE);
    return sample.configured("retail", settings);
  }

  /** Writes conf/lake.conf. */
  CampaignLake configured(String name, String settings) {
    lake.file(
        "conf/lake.conf",
        """
        name = %s
        root = "%s"
        defaults { retry { attempts = 5, delay = 200ms, max-delay = 2s } }
        spark {
          # So few rows are not worth to be compiled for.
          "spark.sql.codegen.wholeStage" = false
          "spark.sql.codegen.factoryMode" = NO_CODEGEN
          "spark.sql.adaptive.enabled" = false
        %s}
        %s
        """
            .formatted(
                name,
                root,
                storage.entrySet().stream()
                    .map(
                        one ->
                            "  \"spark.hadoop.%s\" = \"%s\"\n"
                                .formatted(one.getKey(), one.getValue()))
                    .collect(Collectors.joining()),
                settings));
    return this;
  }

  static LocalDate day(int number) {
    return SampleExtract.FIRST.plusDays(number);
  }

  TestLake lake() {
    return lake;
  }

  Path folder() {
    return lake.folder();
  }

  String name() {
    return folder().getFileName().toString();
  }

  List<String> tables() {
    return tables;
  }

  /** What Java is given besides. */
  List<String> javaOptions() {
    return javaOptions;
  }

  String path(String table) {
    return root + "/" + table.replace('.', '/');
  }

  TableLog log(String table) {
    return TableLog.at(
        path(table),
        storage.entrySet().stream()
            .collect(Collectors.toMap(one -> "spark.hadoop." + one.getKey(), Map.Entry::getValue)));
  }

  OptionalLong version(String table) {
    return log(table).latest();
  }

  /** As a reader without Sluice sees them, sorted. */
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

  // ---- what is asked of it

  /** To make days again; it is remembered. */
  synchronized List<String> backfill(String table, LocalDate first, LocalDate last) {
    Backfill asked = new Backfill(table, first, last, Clock.systemUTC().instant());
    backfills.add(asked);
    return asked.words();
  }

  /** How often an interval had been asked for then. */
  synchronized long asked(String table, LocalDate day, Instant until) {
    return backfills.stream()
        .filter(asked -> asked.concerns(table, day) && asked.at().isBefore(until))
        .count();
  }

  /** The shop sends a day's file again, with fewer lines or, the next time, as it was first. */
  synchronized void change(LocalDate day) throws IOException {
    Path file = folder().resolve(file(day));
    if (!Files.exists(file)) {
      // It was closed.
      return;
    }
    if (changed.containsKey(day)) {
      send(file, changed.remove(day));
      return;
    }
    changed.put(day, Files.readAllBytes(file));
    List<String> lines = SampleExtract.lines(file);
    lake.land("../half.csv.gz", lines.subList(0, lines.size() / 2).toArray(String[]::new));
    send(file, Files.readAllBytes(folder().resolve("half.csv.gz")));
  }

  /** What it sent last is what it sent first. */
  synchronized void changeBack() throws IOException {
    for (Map.Entry<LocalDate, byte[]> one : changed.entrySet()) {
      send(folder().resolve(file(one.getKey())), one.getValue());
    }
    changed.clear();
  }

  /** In one piece, whoever reads it meanwhile. */
  private void send(Path file, byte[] content) throws IOException {
    Path aside = folder().resolve("sent.csv.gz");
    Files.write(aside, content);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String file(LocalDate day) {
    return "landing/sales/%s.csv.gz".formatted(day);
  }
}
