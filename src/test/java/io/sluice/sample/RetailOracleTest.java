package io.sluice.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.sample.RetailOracle.DailySales;
import io.sluice.sample.RetailOracle.ProductVersion;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetailOracleTest {
  private static final RetailOracle ORACLE = RetailOracle.read(RetailOracle.LANDING);

  @Test
  void theYearHasAsManyLinesAsItsPublishersSay() {
    assertEquals(305, ORACLE.received().size());
    assertEquals(541_909, sum(ORACLE.received().values()));
  }

  @Test
  void exactDuplicatesAreCountedWithinTheirDay() {
    assertEquals(541_909 - 5_268, sum(ORACLE.distinct().values()));
  }

  @Test
  void revenueAddsUpToTheSumOverDistinctLines() {
    BigDecimal total =
        ORACLE.dailySales().stream().map(DailySales::gbp).reduce(BigDecimal.ZERO, BigDecimal::add);
    assertEquals(new BigDecimal("9726006.954"), total);
  }

  @Test
  void aHolidayTakesTheRateOfTheLastDayThatHasOne() {
    LocalDate sunday = LocalDate.of(2010, 12, 5);
    assertEquals(ORACLE.rate(sunday.minusDays(2)), ORACLE.rate(sunday));
    assertEquals(new BigDecimal("0.8393"), ORACLE.rate(LocalDate.of(2010, 12, 1)));
  }

  @Test
  void versionsOfAProductTouchAndDiffer() {
    List<ProductVersion> versions = ORACLE.productVersions();
    assertEquals(4_070, versions.stream().map(ProductVersion::product).distinct().count());
    assertEquals(4_070, versions.stream().filter(ProductVersion::current).count());
    for (int i = 1; i < versions.size(); i++) {
      ProductVersion before = versions.get(i - 1);
      ProductVersion after = versions.get(i);
      if (before.product().equals(after.product())) {
        assertEquals(before.to(), after.from());
        assertTrue(
            before.price().compareTo(after.price()) != 0
                || !before.description().equals(after.description()));
      }
    }
  }

  private static long sum(Collection<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
