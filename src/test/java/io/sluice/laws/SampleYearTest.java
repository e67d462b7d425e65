package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.cli.Engine;
import io.sluice.cli.PlanRequest;
import io.sluice.cli.Progress;
import io.sluice.cli.Shell;
import io.sluice.deltalog.Receipt;
import io.sluice.sample.RetailOracle;
import io.sluice.sample.RetailOracle.ProductVersion;
import io.sluice.sample.SampleRows;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole sample year, once; then a late file and a backfill in the same lake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SampleYearTest {
  private static final LocalDate LATE = LocalDate.of(2011, 8, 30);
  private static final List<String> UNTOUCHED =
      List.of("raw.fx_rate", "raw.customer", "analysis.dim_customer", "analysis.dim_date");

  @TempDir static Path temp = Path.of("");

  private TestLake lake = TestLake.of(Path.of("."), "2011-12-20T00:00:00Z");

  @BeforeAll
  void makeTheYear() {
    Path folder = temp.resolve("shop");
    Shell.sample(folder);
    lake = TestLake.of(folder, "2011-12-20T00:00:00Z");
    lake.run();
  }

  @Test
  @Order(1)
  void everyLineReceivedIsWrittenOrInQuarantine() {
    SortedMap<LocalDate, Long> kept = new TreeMap<>();
    for (Receipt receipt : lake.receipts("raw.sales")) {
      for (Receipt.Made made : receipt.made()) {
        long lines = made.written() + made.quarantined();
        if (lines > 0) {
          kept.merge(made.interval().from().toLocalDate(), lines, Long::sum);
        }
      }
    }
    assertEquals(oracle().received(), kept);
    assertEquals(541_909, kept.values().stream().mapToLong(Long::longValue).sum());
    assertEquals(541_909, lake.table("raw.sales").count());
  }

  @Test
  @Order(2)
  void reportsAndProductsAreThoseOfAnIndependentProgram() {
    assertAsComputed();
  }

  @Test
  @Order(3)
  void afterARunNothingIsToBeMadeAndNoSparkIsStarted() {
    assertEquals("", lake.plan());
    assertEquals("", lake.plan("--all-sources"));
    try (Engine engine = lake.shell().openWithoutSpark();
        Progress progress =
            new Progress(new PrintWriter(Writer.nullWriter()), false, Clock.systemUTC())) {
      assertEquals(0, engine.run(PlanRequest.upTo(Optional.empty()), "run", progress).exit());
    }
  }

  @Test
  @Order(4)
  void remakingAPastDayOfProductsLeavesThemAsTheyWere() {
    List<String> before = lake.rows("analysis.dim_product");
    lake.backfill("--select", "dim_product", "--date", "2011-11-30");
    assertEquals(before, lake.rows("analysis.dim_product"));
    assertEquals("", lake.plan());
  }

  @Test
  @Order(5)
  void aLateFileRemakesWhatDependsOnItAndNothingElse() {
    lake.land(
        "sales/" + LATE + ".csv.gz",
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
        "571999,22384,LUNCH BAG PINK POLKADOT,10,2011-08-30 09:00:00,1.65,17850.0,United Kingdom",
        "C571998,22384,LUNCH BAG PINK POLKADOT,-2,2011-08-30 09:01:00,1.65,17850.0,United Kingdom",
        "571999,LATE1,A LATE THING,3,2011-08-30 09:00:00,2.50,17850.0,France");
    List<Long> before = UNTOUCHED.stream().map(table -> lake.version(table).orElseThrow()).toList();
    assertEquals(
        """
        raw.sales | 1 | 2011-08-30 | source changed (2011-08-30.csv.gz changed)
        analysis.dim_product | 102 | 2011-08-30 .. 2011-12-09 | upstream (raw.sales); order (after 2011-08-30)
        analysis.fact_sale | 1 | 2011-08-30 | upstream (raw.sales)
        analysis.fact_return | 91 | 2011-08-30 .. 2011-11-28 | upstream (analysis.fact_sale)
        feature.customer_rfm | 91 | 2011-08-30 .. 2011-11-28 | upstream (analysis.fact_sale)
        aggregate.daily_sales | 1 | 2011-08-30 | upstream (analysis.fact_sale)
        """,
        lake.plan("--all-sources"));
    lake.run("--all-sources");
    assertEquals("", lake.plan("--all-sources"));
    assertEquals(
        before, UNTOUCHED.stream().map(table -> lake.version(table).orElseThrow()).toList());
    assertAsComputed();
  }

  private void assertAsComputed() {
    RetailOracle oracle = oracle();
    assertEquals(oracle.dailySales(), SampleRows.dailySales(lake.table("aggregate.daily_sales")));
    List<ProductVersion> products =
        lake
            .table("analysis.dim_product")
            .select(
                "stock_code", "description", "unit_price", "valid_from", "valid_to", "is_current")
            .collectAsList()
            .stream()
            .map(
                row ->
                    new ProductVersion(
                        row.getString(0),
                        Optional.ofNullable(row.getString(1)),
                        row.getDecimal(2),
                        row.getDate(3).toLocalDate(),
                        row.getDate(4).toLocalDate(),
                        row.getBoolean(5)))
            .sorted(
                Comparator.comparing(ProductVersion::product).thenComparing(ProductVersion::from))
            .toList();
    assertEquals(oracle.productVersions(), products);
  }

  private RetailOracle oracle() {
    return RetailOracle.read(lake.folder().resolve("landing"));
  }
}
