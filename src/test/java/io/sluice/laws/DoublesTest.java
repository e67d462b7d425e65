package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.Receipt;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the proof takes for made twice, and what not. */
class DoublesTest {
  private static final int DAY = 3;
  private final List<Commit> sales = new ArrayList<>();
  private final List<Commit> facts = new ArrayList<>();
  private final Map<String, String> reasons = new HashMap<>();

  @Test
  void twiceFromTheSameIsTold() {
    made(sales, "run1", "d", Map.of(), "file", DAY);
    made(facts, "run1", "d", Map.of("sales", 0L), "", DAY);
    made(facts, "run2", "d", Map.of("sales", 0L), "", DAY);

    assertEquals(1, faults(0).size(), () -> faults(0).toString());
    assertTrue(faults(0).get(0).contains("in version 1 as in version 0, from the same"));
  }

  @Test
  void anInputThatGotLaterRowsIsNoReason() {
    made(sales, "run1", "d", Map.of(), "file", DAY);
    made(facts, "run1", "d", Map.of("sales", 0L), "", DAY);
    made(sales, "run2", "d", Map.of(), "file", DAY + 1);
    made(facts, "run2", "d", Map.of("sales", 1L), "", DAY);

    assertEquals(1, faults(0).size(), () -> faults(0).toString());
  }

  @Test
  void newRowsOfAnInputAreAReason() {
    made(sales, "run1", "d", Map.of(), "file", DAY);
    made(facts, "run1", "d", Map.of("sales", 0L), "", DAY);
    made(sales, "run2", "d", Map.of(), "other file", DAY);
    made(facts, "run2", "d", Map.of("sales", 1L), "", DAY);

    assertEquals(List.of(), faults(0));
  }

  @Test
  void anInputThatOnlySaysThatItIsAsBeforeIsNoReason() {
    made(sales, "run1", "d", Map.of(), "file", DAY);
    made(facts, "run1", "d", Map.of("sales", 0L), "", DAY);
    unchanged(sales, "run2", "d", Map.of(), "other file", DAY);
    made(facts, "run2", "d", Map.of("sales", 1L), "", DAY);

    assertEquals(1, faults(0).size(), () -> faults(0).toString());
  }

  @Test
  void otherItemsAndAnotherDefinitionAreReasons() {
    made(facts, "run1", "d", Map.of(), "file", DAY);
    made(facts, "run2", "d", Map.of(), "other file", DAY);
    made(facts, "run3", "e", Map.of(), "other file", DAY);

    assertEquals(List.of(), faults(0));
  }

  @Test
  void asOftenAsItWasAskedForAndNotMore() {
    made(facts, "run1", "d", Map.of(), "file", DAY);
    made(facts, "run2", "d", Map.of(), "file", DAY);
    made(facts, "run3", "d", Map.of(), "file", DAY);

    assertEquals(List.of(), faults(2));
    assertEquals(1, faults(1).size(), () -> faults(1).toString());
  }

  @Test
  void whatIsAskedForAfterwardsIsNoReason() {
    made(facts, "run1", "d", Map.of(), "file", DAY);
    made(facts, "run2", "d", Map.of(), "file", DAY);
    made(facts, "run3", "d", Map.of(), "file", DAY);
    Instant asked = facts.get(1).at();

    List<String> faults = faults((interval, until) -> asked.isBefore(until) ? 2 : 0);

    assertEquals(1, faults.size(), faults::toString);
    assertTrue(faults.get(0).contains("in version 1 as in version 0"), faults::toString);
  }

  @Test
  void anOrderedTableGoesOnFromEarlierIntervals() {
    made(facts, "run1", "d", Map.of(), "file", DAY - 1, DAY);
    made(facts, "run2", "d", Map.of(), "other file", DAY - 1);
    made(facts, "run3", "d", Map.of(), "file", DAY);
    reasons.put("run3", "order");

    assertEquals(List.of(), faults(0));
  }

  @Test
  void onlyTheOrderOfEarlierOnesIsAReason() {
    made(facts, "run1", "d", Map.of(), "file", DAY, DAY + 1);
    made(facts, "run2", "d", Map.of(), "other file", DAY + 1);
    made(facts, "run3", "d", Map.of(), "file", DAY);
    reasons.put("run3", "order");

    assertEquals(1, faults(0).size(), () -> faults(0).toString());
  }

  @Test
  void aRunMakesAnIntervalOnce() {
    made(facts, "run1", "d", Map.of(), "file", DAY);
    made(facts, "run1", "d", Map.of(), "other file", DAY);

    assertEquals(1, faults(0).size(), () -> faults(0).toString());
    assertTrue(faults(0).get(0).contains("was made twice by run run1, in versions 0 and 1"));
  }

  private List<String> faults(long asked) {
    return faults((interval, until) -> asked);
  }

  private List<String> faults(Doubles.Asked asked) {
    return Doubles.of(
        "facts",
        Map.of("sales", sales, "facts", facts),
        attempt -> reasons.getOrDefault(attempt, "missing"),
        asked);
  }

  private static void made(
      List<Commit> log,
      String run,
      String definition,
      Map<String, Long> reads,
      String items,
      int... days) {
    commit(log, true, receipt(run, definition, reads, items, days));
  }

  /** A receipt alone. */
  private static void unchanged(
      List<Commit> log,
      String run,
      String definition,
      Map<String, Long> reads,
      String items,
      int... days) {
    commit(log, false, receipt(run, definition, reads, items, days));
  }

  private static Receipt receipt(
      String run, String definition, Map<String, Long> reads, String items, int... days) {
    List<Receipt.Made> made = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    for (int day : days) {
      made.add(new Receipt.Made(day(day), 1, 0));
      if (!items.isEmpty()) {
        sources.add(items);
      }
    }
    return new Receipt("lake", "facts", run, run, definition, reads, made, sources, "");
  }

  private static void commit(List<Commit> log, boolean changesData, Receipt receipt) {
    log.add(
        new Commit(
            log.size(),
            Instant.EPOCH.plusSeconds(log.size()),
            "WRITE",
            changesData,
            List.of(),
            Optional.empty(),
            Optional.of(receipt)));
  }

  private static Interval day(int number) {
    return Cadence.DAY.at(LocalDate.of(2011, 1, number).atStartOfDay());
  }
}
