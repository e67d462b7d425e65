package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell;
import io.sluice.deltalog.Receipt;
import io.sluice.ledger.AttemptRow;
import io.sluice.time.Cadence;
import io.sluice.time.IntervalSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Isolation: one bad date fails that date and what needs it, and nothing else. */
class PoisonedDayTest {
  private static final int DAYS = 31;
  private static final LocalDate BAD = LocalDate.of(2010, 12, 14);
  private static final String FILE = "landing/sales/" + BAD + ".csv.gz";

  @TempDir static Path temp = Path.of("");

  private static TestLake clean = TestLake.of(temp, "2011-12-20T00:00:00Z");

  @BeforeAll
  static void makeALakeThatNothingHappensTo() {
    clean = SampleExtract.at(temp.resolve("clean"), DAYS, 60, DAYS);
    clean.run();
  }

  @Test
  void aTruncatedFileFailsItsDayAlone() throws IOException {
    TestLake lake = SampleExtract.at(temp.resolve("truncated"), DAYS, 60, DAYS);
    Path file = lake.folder().resolve(FILE);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));

    Shell.Said said = lake.type("run");

    assertEquals(3, said.exit(), said.err());
    assertTrue(said.lastLine().contains("raw.sales 2010-12-14 failed"), said.lastLine());
    assertTrue(said.lastLine().contains(BAD + ".csv.gz"), said.lastLine());
    assertOnlyTheBadDayIsMissing(lake);
    Files.write(file, whole);
    assertMended(lake);
  }

  @Test
  void aDayOverItsQuarantineLimitFailsAlone() throws IOException {
    TestLake lake = SampleExtract.at(temp.resolve("limit"), DAYS, 60, DAYS);
    byte[] whole = Files.readAllBytes(lake.folder().resolve(FILE));
    String[] lines =
        IntStream.range(0, 41)
            .mapToObj(
                i ->
                    i == 0
                        ? "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
                        : "538000,2238%d,BAG,%s,2010-12-14 09:00:00,1.65,17850.0,France"
                            .formatted(i, i % 2 == 0 ? "many" : "1"))
            .toArray(String[]::new);
    lake.land("sales/" + BAD + ".csv.gz", lines);

    Shell.Said said = lake.type("run");

    assertEquals(5, said.exit(), said.err());
    assertTrue(said.lastLine().contains("raw.sales 2010-12-14 failed (quality)"), said.lastLine());
    assertOnlyTheBadDayIsMissing(lake);
    assertEquals(1, lake.receipts("raw.sales").size());
    List<AttemptRow> attempts =
        lake.attempts().stream().filter(one -> one.job().equals("raw.sales")).toList();
    assertEquals(1, attempts.size());
    assertEquals(IntervalSet.of(Cadence.DAY.at(BAD.atStartOfDay())), attempts.get(0).unpublished());
    assertTrue(
        lake.made("history", "raw.sales").out().contains("made in part"),
        "history tells that not all was made");
    assertTrue(lake.made("status").out().contains("2010-12-14 failed (quality)"));
    assertTrue(lake.made("quarantine", "list").out().lines().count() <= 2);
    Files.write(lake.folder().resolve(FILE), whole);
    assertMended(lake);
  }

  private static void assertOnlyTheBadDayIsMissing(TestLake lake) {
    SortedSet<LocalDate> others = new TreeSet<>(days(DAYS));
    others.remove(BAD);
    for (String table : List.of("raw.sales", "analysis.fact_sale", "aggregate.daily_sales")) {
      assertEquals(others, made(lake, table), table);
    }
    SortedSet<LocalDate> before = others.headSet(BAD);
    assertEquals(before, made(lake, "analysis.dim_product"));
    assertEquals(before, made(lake, "feature.customer_rfm"));
    assertEquals(new TreeSet<>(days(DAYS)), made(lake, "analysis.dim_customer"));
    assertEquals(
        clean.rows("analysis.fact_sale").stream().filter(row -> !row.endsWith("|" + BAD)).toList(),
        lake.rows("analysis.fact_sale"));
  }

  private static void assertMended(TestLake lake) {
    lake.run();
    for (String table : SampleExtract.TABLES) {
      assertEquals(clean.rows(table), lake.rows(table), table);
    }
    assertEquals("", lake.plan());
  }

  private static SortedSet<LocalDate> made(TestLake lake, String table) {
    SortedSet<LocalDate> made = new TreeSet<>();
    for (Receipt receipt : lake.receipts(table)) {
      receipt.made().forEach(one -> made.add(one.interval().from().toLocalDate()));
    }
    return made;
  }

  private static List<LocalDate> days(int count) {
    return SampleExtract.FIRST.datesUntil(SampleExtract.FIRST.plusDays(count)).toList();
  }
}
