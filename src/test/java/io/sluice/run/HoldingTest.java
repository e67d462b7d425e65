package io.sluice.run;

import static io.sluice.run.Lakes.FACT;
import static io.sluice.run.Lakes.RATES;
import static io.sluice.run.Lakes.SALES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.RunRow;
import io.sluice.task.TakenOverException;
import io.sluice.testing.MemoryLedger;
import io.sluice.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who puts back or cares for tables takes their jobs as a run does. */
class HoldingTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final SettableClock clock = new SettableClock(TestRun.NOW);
  private final MemoryLedger ledger = new MemoryLedger();
  private final Lake lake = Lakes.retail(1);
  private final List<String> done = new ArrayList<>();
  private final TestRun.ByHand timers = new TestRun.ByHand();

  private boolean isAnswering = true;

  /** The highest token that the tables know of. */
  private long known;

  private Holding holding() {
    RunRow row =
        new RunRow("u", "undo", "here/u", TestRun.NOW, Optional.empty(), Optional.empty(), "");
    return new Holding(
        row,
        ledger,
        clock,
        timers,
        (job, token) -> {
          if (!isAnswering) {
            throw new IllegalStateException("no answer");
          }
          if (token < known) {
            throw new TakenOverException("newer", known, new IllegalStateException());
          }
          done.add("fence " + job.name() + " " + token);
          return true;
        },
        (job, run) -> done.add("settle " + job + " but " + run));
  }

  private List<Job> jobs(TableName... names) {
    return Stream.of(names).map(lake::job).toList();
  }

  @Test
  void oneThatAnotherHoldsKeepsAllOthersFree() {
    ledger.lease(RATES.toString(), "far/17", TestRun.NOW, HOUR);
    try (Holding holding = holding()) {
      assertEquals(
          Optional.of(RATES + " is held by another driver (far/17)"),
          holding.take(jobs(SALES, RATES, FACT)));
      assertTrue(ledger.lease("raw.sales", "far/18", TestRun.NOW, HOUR));
    }
    assertEquals(List.of(), done);
    assertTrue(ledger.leaseHolder(RATES.toString(), TestRun.NOW).isPresent());
  }

  @Test
  void whatWasNeverGivenBackIsFencedAndSettledFirst() {
    ledger.lease("raw.sales", "far/17", TestRun.NOW, Leases.TIME);
    clock.advance(Leases.TIME);
    try (Holding holding = holding()) {
      assertEquals(Optional.empty(), holding.take(jobs(RATES, SALES)));
      assertEquals(List.of("fence raw.sales 2", "settle raw.sales but u"), done);
      assertEquals(2, holding.token(SALES));
    }
    try (Holding again = holding()) {
      again.take(jobs(SALES));
    }
    assertEquals(2, done.size(), "It is done once");
  }

  @Test
  void whoStoodStillIsToldWhoHasItNow() {
    try (Holding holding = holding()) {
      holding.take(jobs(SALES, RATES));
      clock.advance(Leases.TIME);
      ledger.lease("raw.sales", "far/17", clock.instant(), HOUR);

      LostLeaseException lost = assertThrows(LostLeaseException.class, () -> holding.insist(SALES));

      assertEquals("far/17 took raw.sales over while this driver stood still", lost.getMessage());
      holding.insist(RATES);
      assertFalse(holding.raise(SALES, 9));
    }
    assertTrue(ledger.leaseHolder("raw.sales", clock.instant()).isPresent(), "It stays theirs");
    assertTrue(ledger.leaseHolder(RATES.toString(), clock.instant()).isEmpty());
  }

  @Test
  void leasesAreRenewedAsLongAsItIsOpen() {
    try (Holding holding = holding()) {
      holding.take(jobs(SALES));
      for (int i = 0; i < 10; i++) {
        clock.advance(Leases.RENEWAL);
        timers.goOff();
      }
      assertFalse(ledger.lease("raw.sales", "far/17", clock.instant(), HOUR));
    }
    assertEquals(0, timers.every.size());
    assertTrue(ledger.lease("raw.sales", "far/17", clock.instant(), HOUR));
  }

  @Test
  void aTableThatKnowsAnotherLedgersTokenIsTakenAboveIt() {
    ledger.lease("raw.sales", "far/17", TestRun.NOW, Leases.TIME);
    clock.advance(Leases.TIME);
    known = 41;
    try (Holding holding = holding()) {
      holding.take(jobs(SALES));
      assertEquals(42, holding.token(SALES));
    }
    assertEquals(List.of("fence raw.sales 42", "settle raw.sales but u"), done);
  }

  @Test
  void whatCanNotBeTakenOverIsSaidAndGivenBack() {
    ledger.lease("raw.sales", "far/17", TestRun.NOW, Leases.TIME);
    clock.advance(Leases.TIME);
    isAnswering = false;
    try (Holding holding = holding()) {
      IllegalStateException failure =
          assertThrows(IllegalStateException.class, () -> holding.take(jobs(SALES)));
      assertEquals(
          "raw.sales could not be taken over from a driver that died or stands still: no answer",
          failure.getMessage());
    }
    assertTrue(ledger.leaseHolder("raw.sales", clock.instant()).isEmpty());
    isAnswering = true;
    try (Holding next = holding()) {
      next.take(jobs(SALES));
    }
    assertEquals(List.of("fence raw.sales 2", "settle raw.sales but u"), done);
  }

  @Test
  void whatIsLeftOpenIsNotGivenBack() {
    try (Holding holding = holding()) {
      holding.take(jobs(SALES, RATES));
      holding.abandon(SALES);
    }
    assertEquals(Optional.of("here/u"), ledger.leaseHolder("raw.sales", clock.instant()));
    assertEquals(Optional.empty(), ledger.leaseHolder(RATES.toString(), clock.instant()));
  }
}
