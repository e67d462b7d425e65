package io.sluice.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.sample.ReturnMatching.Line;
import io.sluice.sample.ReturnMatching.Match;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReturnMatchingTest {
  private static final LocalDate DAY = LocalDate.of(2011, 5, 2);

  @Test
  void theLastPurchaseIsGivenBackFirst() {
    Line old = line("1", -20, 5);
    Line recent = line("2", -3, 2);
    Line back = line("C3", 0, -4);

    assertEquals(
        List.of(new Match(back, recent, 2), new Match(back, old, 2)),
        ReturnMatching.match(List.of(old, recent, back), DAY));
  }

  @Test
  void aPieceIsGivenBackOnce() {
    Line bought = line("1", -20, 5);
    Line first = line("C2", -1, -4);
    Line second = line("C3", 0, -4);

    assertEquals(
        List.of("1:1", "unknown:3"),
        ReturnMatching.match(List.of(bought, first, second), DAY).stream()
            .map(m -> (m.sale() == null ? "unknown" : m.sale().invoice()) + ":" + m.quantity())
            .toList());
  }

  @Test
  void purchasesOfMoreThanNinetyDaysAgoAreNotSeen() {
    Line tooOld = line("1", -91, 5);
    Line back = line("C2", 0, -1);

    assertEquals(
        List.of(new Match(back, null, 1)), ReturnMatching.match(List.of(tooOld, back), DAY));
  }

  @Test
  void whatCameLaterChangesNothing() {
    Line back = line("C2", 0, -1);
    Line later = line("3", 1, 9);

    assertEquals(
        List.of(new Match(back, null, 1)), ReturnMatching.match(List.of(back, later), DAY));
  }

  private static Line line(String invoice, int days, int quantity) {
    return new Line(invoice, DAY.plusDays(days), quantity, new BigDecimal("1.250"));
  }
}
