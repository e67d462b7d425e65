package io.sluice.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.Undone;
import io.sluice.lake.Job;
import io.sluice.ledger.AttemptRow;
import io.sluice.testing.Jobs;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What there was of a table when its log was at a version. */
class StandingTest {
  private static final Job SALE = Jobs.csv("raw.sale").build();
  private static final Instant NOW = Instant.parse("2011-02-01T00:00:00Z");

  private static IntervalSet days(String first, String last) {
    return IntervalSet.of(Jobs.days("2011-01-" + first, "2011-01-" + last));
  }

  private static AttemptRow made(long version, IntervalSet made, IntervalSet unmade) {
    IntervalSet all = made.union(unmade);
    Receipt receipt =
        new Receipt(
            "test",
            "raw.sale",
            "r",
            "r-" + version,
            "d",
            Map.of(),
            made.split(SALE.every()).stream().map(day -> new Receipt.Made(day, 1, 0)).toList(),
            List.of(),
            "",
            false,
            unmade.isEmpty()
                ? Optional.empty()
                : Optional.of(new Undone("r", OptionalLong.empty(), List.of(), unmade)));
    return AttemptRow.begun("r-" + version, "r", "r-1", "raw.sale", all, "d", version - 1, NOW)
        .madeAt(version, NOW, receipt);
  }

  @Test
  void whatAnUndoPutBackToNotMadeStandsNoMore() {
    Standing standing =
        Standing.of(
            SALE,
            List.of(
                made(0, days("01", "02"), IntervalSet.EMPTY),
                made(1, days("02", "04"), IntervalSet.EMPTY),
                made(2, days("02", "02"), days("03", "04")),
                made(3, days("04", "04"), IntervalSet.EMPTY)));

    assertEquals(days("01", "04"), standing.at(1, NOW));
    assertEquals(days("01", "02"), standing.at(2, NOW));
    assertEquals(days("01", "02").union(days("04", "04")), standing.at(3, NOW));
  }

  @Test
  void ofATableThatBeganAnewNothingOlderStands() {
    Receipt anew =
        new Receipt(
            "test",
            "raw.sale",
            "r",
            "r-1",
            "d",
            Map.of(),
            List.of(new Receipt.Made(Jobs.day("2011-01-02"), 1, 0)),
            List.of(),
            "",
            true,
            Optional.empty());
    AttemptRow first =
        AttemptRow.begun("r-1", "r", "r-1", "raw.sale", days("02", "02"), "d", 0, NOW)
            .madeAt(1, NOW, anew);
    Standing standing =
        Standing.of(SALE, List.of(made(0, days("01", "04"), IntervalSet.EMPTY), first));
    assertEquals(days("02", "02"), standing.at(1, NOW));
  }
}
