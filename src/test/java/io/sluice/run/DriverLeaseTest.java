package io.sluice.run;

import static io.sluice.run.Lakes.DAILY;
import static io.sluice.run.Lakes.FACT;
import static io.sluice.run.Lakes.PRODUCT;
import static io.sluice.run.Lakes.RATES;
import static io.sluice.run.Lakes.SALES;
import static io.sluice.run.Lakes.day;
import static io.sluice.run.Lakes.days;
import static io.sluice.run.Lakes.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.TableName;
import io.sluice.ledger.TaskRow;
import io.sluice.plan.PlannedTask;
import io.sluice.task.FailureClass;
import io.sluice.task.Outcome;
import io.sluice.task.TaskOrder;
import io.sluice.testing.MemoryLedger;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DriverLeaseTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void aJobThatAnotherDriverWorksAtIsLeftForLater() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2), task(RATES, 1, 2));
    run.ledger.lease("raw.sales", "far/17", TestRun.NOW, HOUR);
    run.onPause =
        pause -> {
          if (run.pauses.size() == 3) {
            run.ledger.release("raw.sales", "far/17");
          }
        };
    assertEquals(0, run.run().exit());
    assertEquals(List.of(RATES, SALES), run.orders.stream().map(o -> o.job().name()).toList());
    assertEquals(3, run.pauses.size());
    assertEquals(
        List.of("far/17"),
        run.of(RunEvent.SetAside.class).stream().map(RunEvent.SetAside::holder).toList());
  }

  @Test
  void whatTheOtherDriverMadeMeanwhileIsNotMadeAgain() throws Exception {
    MemoryLedger ledger = new MemoryLedger();
    TestRun run = new TestRun("r1", Lakes.retail(1), ledger, task(SALES, 1, 4), task(FACT, 1, 4));
    TestRun other = new TestRun("r2", Lakes.retail(1), ledger, task(SALES, 1, 3));
    other.run();
    assertEquals(0, run.run().exit());
    assertEquals(
        List.of(days(4, 4)), run.orders(SALES).stream().map(TaskOrder::intervals).toList());
    assertEquals(days(1, 3), run.of(RunEvent.MadeElsewhere.class).get(0).part().intervals());
    assertEquals(IntervalSet.of(days(1, 4)), run.made(FACT));
  }

  @Test
  void patienceEndsAndTheReadersAreSkipped() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2), task(FACT, 1, 2));
    run.ledger.lease("raw.sales", "far/17", TestRun.NOW, HOUR);
    Verdict verdict = run.run();
    assertEquals(4, verdict.exit());
    assertEquals(
        "Made 0 of 4 intervals (0 rows); 2 skipped, 2 held. Another driver (far/17) works at the"
            + " rest; run again when it has ended",
        verdict.lastLine());
    assertEquals(
        "raw.sales 2011-03-01 .. 2011-03-02 is held by another driver (far/17)",
        run.of(RunEvent.Skipped.class).get(0).cause());
    assertEquals(Driver.PATIENCE.dividedBy(Driver.POLL), run.pauses.size());
  }

  @Test
  void someMadeAndSomeHeldElsewhereIsSome() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2), task(RATES, 1, 2));
    run.ledger.lease("raw.sales", "far/17", TestRun.NOW, HOUR);
    assertEquals(3, run.run().exit());
  }

  @Test
  void aDeadDriversLeaseRunsOut() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2));
    run.ledger.lease("raw.sales", "far/17", TestRun.NOW, Leases.TIME);
    assertEquals(0, run.run().exit());
    assertEquals(Leases.TIME.dividedBy(Driver.POLL), run.pauses.size());
  }

  @Test
  void theLeaseIsRenewedWhileATaskRunsAndGivenBackAfterIt() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2));
    run.script =
        order -> {
          for (int i = 0; i < 10; i++) {
            run.clock.advance(Leases.RENEWAL);
            run.timers.goOff();
            assertFalse(run.ledger.lease("raw.sales", "far/17", run.clock.instant(), HOUR));
          }
          return Optional.empty();
        };
    assertEquals(0, run.run().exit());
    assertTrue(run.ledger.lease("raw.sales", "far/17", run.clock.instant(), HOUR));
  }

  @Test
  void whoLosesTheLeaseStopsAndTriesAgainLater() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2));
    run.script =
        order -> {
          if (run.orders.size() > 1) {
            return Optional.empty();
          }
          run.clock.advance(Leases.TIME);
          run.ledger.lease("raw.sales", "far/17", run.clock.instant(), Duration.ofMinutes(1));
          run.timers.goOff();
          assertTrue(run.cancelled.contains(order.attempt()));
          return TestRun.fail(FailureClass.CANCELLED);
        };
    assertEquals(0, run.run().exit());
    assertEquals(
        List.of("interrupted", "made"), run.attempts().stream().map(row -> row.state()).toList());
    assertEquals(List.of(), run.of(RunEvent.IntervalsFailed.class));
  }

  @Test
  void aJobThatWasNeverGivenBackIsFencedAndSettledBeforeAnythingIsMade() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2), task(RATES, 1, 2));
    run.ledger.lease("raw.sales", "far/17", TestRun.NOW.minus(HOUR), Leases.TIME);
    run.script =
        order -> {
          assertEquals(List.of("raw.sales 2"), run.fences);
          assertEquals(List.of(SALES), run.settled);
          assertEquals(Optional.of(order.job().name().equals(SALES) ? 2L : 1L), order.token());
          return Optional.empty();
        };
    assertEquals(0, run.run().exit());
    assertEquals(2, run.orders.size());
    assertEquals(
        Optional.empty(),
        run.ledger.take("raw.sales", "far/18", TestRun.NOW, HOUR).orElseThrow().takenFrom());
  }

  @Test
  void whereThereIsNoTableYetTheFenceComesWithIt() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2));
    run.ledger.lease("raw.sales", "far/17", TestRun.NOW.minus(HOUR), Leases.TIME);
    run.hasTable = table -> !run.orders.isEmpty();
    assertEquals(0, run.run().exit());
    assertEquals(List.of("raw.sales 2"), run.fences);
    assertEquals(List.of(SALES), run.settled);
  }

  @Test
  void whoIsFencedSaysByWhomAndGoesOnWithOtherJobs() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2), task(RATES, 1, 2));
    run.script =
        order -> {
          if (run.orders.size() > 1) {
            return Optional.empty();
          }
          run.clock.advance(Leases.TIME);
          run.ledger.lease("raw.sales", "far/17", run.clock.instant(), Duration.ofMinutes(1));
          run.ledger.release("raw.sales", "far/17");
          return Optional.of(new Outcome.Fenced("it was taken over; nothing was published", 2));
        };
    assertEquals(0, run.run().exit());
    assertEquals(
        List.of("interrupted", "made", "made"),
        run.attempts().stream().map(row -> row.state()).sorted().toList());
    assertEquals(
        "far/17 took raw.sales over while this driver stood still; it was taken over; nothing was"
            + " published",
        run.attempts().get(0).message());
    assertEquals(List.of(), run.of(RunEvent.IntervalsFailed.class));
  }

  @Test
  void aLedgerThatWasBegunAnewLearnsTheTokenOfTheTable() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2));
    run.script =
        order ->
            order.token().orElseThrow() > 41
                ? Optional.empty()
                : Optional.of(new Outcome.Fenced("the table knows 41", 41));
    assertEquals(0, run.run().exit());
    assertEquals(List.of(1L, 42L), run.orders.stream().map(o -> o.token().orElseThrow()).toList());
    assertEquals(List.of("raw.sales 42"), run.fences);
  }

  @Test
  void aTableThatAnotherLedgersDriversMakeIsGivenUp() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2));
    run.script =
        order -> Optional.of(new Outcome.Fenced("always ahead", order.token().orElseThrow() + 10));
    Verdict verdict = run.run();
    assertEquals(1, verdict.exit());
    assertTrue(verdict.lastLine().contains("drivers with another ledger"), verdict.lastLine());
    assertEquals(4, run.orders.size());
  }

  @Test
  void aTableThatCantBeFencedIsNotTouched() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2), task(RATES, 1, 2));
    run.ledger.lease("raw.sales", "far/17", TestRun.NOW.minus(HOUR), Leases.TIME);
    run.hasTable =
        table -> {
          throw new IllegalStateException("S3 is away");
        };
    Verdict verdict = run.run();
    assertEquals(3, verdict.exit());
    assertTrue(verdict.lastLine().contains("S3 is away"), verdict.lastLine());
    assertEquals(List.of(RATES), run.orders.stream().map(o -> o.job().name()).toList());
  }

  @Test
  void whatPassesByItselfDoesNotEndATakeover() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2));
    run.ledger.lease("raw.sales", "far/17", TestRun.NOW.minus(HOUR), Leases.TIME);
    run.hasTable =
        table -> {
          if (run.pauses.size() < 2) {
            throw new IllegalStateException("S3 is away");
          }
          return true;
        };
    assertEquals(0, run.run().exit());
    assertEquals(List.of("raw.sales 2"), run.fences);
  }

  @Test
  void whatIsThrownWithoutBeingDeclaredEndsTheRunAndHangsNothing() {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2));
    run.ledger.lease("raw.sales", "far/17", TestRun.NOW.minus(HOUR), Leases.TIME);
    run.hasTable =
        table -> {
          throw DriverLeaseTest.<RuntimeException>undeclared(new IOException("reset"));
        };
    assertThrows(
        Exception.class, () -> assertTimeoutPreemptively(Duration.ofSeconds(20), () -> run.run()));
    assertEquals(1, run.ledger.openRuns().size(), "the next start settles it");
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> E undeclared(Exception e) throws E {
    throw (E) e;
  }

  @Test
  void aSourceThatIsAwayWhenOthersWorkIsLookedForEndsOneTask() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2), task(RATES, 1, 2));
    run.onStillPlanned =
        task -> {
          if (task.job().equals(SALES) && run.pauses.size() < 9) {
            throw new IllegalStateException("S3 is away");
          }
        };
    Verdict verdict = run.run();
    assertEquals(3, verdict.exit());
    assertTrue(verdict.lastLine().contains("S3 is away"), verdict.lastLine());
    assertEquals(IntervalSet.of(days(1, 2)), run.made(RATES));
    assertEquals(2, run.pauses.size());
  }

  @Test
  void aTakeoverThatFailsIsInTheHistory() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2));
    run.ledger.lease("raw.sales", "far/17", TestRun.NOW.minus(HOUR), Leases.TIME);
    run.hasTable =
        table -> {
          throw new IllegalStateException("S3 is away");
        };
    assertEquals(1, run.run().exit());
    TaskRow task = run.ledger.tasks().get(0);
    assertEquals("failed", task.state());
    assertTrue(task.message().contains("S3 is away"), task.message());
  }

  @Test
  void aFenceThatIsStillOwedWhenAllIsMadeIsLeftToTheNext() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2));
    run.ledger.lease("raw.sales", "far/17", TestRun.NOW.minus(HOUR), Leases.TIME);
    run.hasTable =
        table -> {
          if (run.orders.isEmpty()) {
            return false;
          }
          throw new IllegalStateException("S3 is away");
        };
    assertEquals(0, run.run().exit());
    assertEquals("made", run.ledger.tasks().get(0).state());
    assertEquals(
        Optional.of("far/17"),
        run.ledger.take("raw.sales", "far/18", TestRun.NOW, HOUR).orElseThrow().takenFrom());
  }

  @Test
  void twoDriversOfOneLakeMakeEverythingOnceTogether() throws Exception {
    PlannedTask[] tasks =
        Stream.of(SALES, RATES, FACT, PRODUCT, DAILY)
            .flatMap(job -> Stream.iterate(1, i -> i + 1).limit(20).map(d -> task(job, d, d)))
            .toArray(PlannedTask[]::new);
    MemoryLedger ledger = new MemoryLedger();
    TestRun one = new TestRun("r1", Lakes.retail(2), ledger, tasks);
    TestRun two = new TestRun("r2", Lakes.retail(2), ledger, tasks);
    one.onPause = pause -> Thread.yield();
    two.onPause = pause -> Thread.yield();
    one.timeStands = true;
    two.timeStands = true;
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      Future<Verdict> first = both.submit(one::run);
      Future<Verdict> second = both.submit(two::run);
      assertEquals(0, first.get().exit());
      assertEquals(0, second.get().exit());
    } finally {
      both.shutdown();
    }
    Set<String> once = new HashSet<>();
    for (TaskOrder order : Stream.concat(one.orders.stream(), two.orders.stream()).toList()) {
      for (Interval interval : order.intervals()) {
        assertTrue(once.add(order.job().name() + " " + interval), "made twice: " + order);
      }
    }
    for (TableName job : List.of(SALES, RATES, FACT, PRODUCT, DAILY)) {
      assertEquals(IntervalSet.of(day(1).span(day(20))), one.made(job));
    }
  }
}
