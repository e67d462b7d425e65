package io.sluice.run;

import static io.sluice.run.Lakes.DAILY;
import static io.sluice.run.Lakes.FACT;
import static io.sluice.run.Lakes.PRODUCT;
import static io.sluice.run.Lakes.SALES;
import static io.sluice.run.Lakes.day;
import static io.sluice.run.Lakes.days;
import static io.sluice.run.Lakes.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.Job;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.Fit;
import io.sluice.ledger.StalePositions;
import io.sluice.ledger.TaskRow;
import io.sluice.task.FailureClass;
import io.sluice.task.Outcome;
import io.sluice.task.TaskOrder;
import io.sluice.testing.MemoryLedger;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DriverTriesAgainTest {

  @Test
  void whatPassesByItselfIsMadeAfterAWait() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 31));
    AtomicInteger tries = new AtomicInteger();
    run.script =
        order ->
            tries.incrementAndGet() < 3 ? TestRun.fail(FailureClass.TRANSIENT) : Optional.empty();
    assertEquals(0, run.run().exit());
    assertEquals(List.of(Duration.ofSeconds(5), Duration.ofSeconds(10)), run.pauses);
    assertEquals(IntervalSet.EMPTY, run.ledger.facts("raw.sales").failed());
    assertEquals(
        List.of("again in 5.0 s", "again in 10.0 s"),
        run.of(RunEvent.AttemptFailed.class).stream().map(RunEvent.AttemptFailed::next).toList());
  }

  @Test
  void theBudgetEnds() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 31), task(FACT, 1, 31));
    run.script = order -> TestRun.fail(FailureClass.TRANSIENT);
    assertEquals(1, run.run().exit());
    assertEquals(3, run.orders.size());
    assertEquals(IntervalSet.of(days(1, 31)), run.ledger.facts("raw.sales").failed());
    assertEquals(
        "raw.sales 2011-03-01 .. 2011-03-31 failed", run.of(RunEvent.Skipped.class).get(0).cause());
    assertEquals(1, run.of(RunEvent.Skipped.class).size());
  }

  @Test
  void whatIsTooMuchAtOnceIsMadeInHalves() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 31));
    run.script =
        order ->
            order.intervals().size() > 8 ? TestRun.fail(FailureClass.RESOURCE) : Optional.empty();
    assertEquals(0, run.run().exit());
    assertEquals(
        List.of(31, 16, 8, 8, 8, 7),
        run.orders.stream().map(order -> order.intervals().size()).toList());
    assertEquals(List.of(), run.pauses);
  }

  @Test
  void theSizeThatFitsIsKeptForTheOtherTasksAndForLaterRuns() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 12), task(SALES, 14, 25));
    run.script =
        order ->
            order.intervals().size() > 6 ? TestRun.fail(FailureClass.RESOURCE) : Optional.empty();
    assertEquals(0, run.run().exit());
    assertEquals(
        List.of(12, 6, 6, 6, 6),
        run.orders.stream().map(order -> order.intervals().size()).toList());
    Job job = run.lake.job(SALES);
    assertEquals(
        Optional.of(new Fit(job.fingerprint(), job.effort().batch(), 6)),
        run.ledger.facts("raw.sales").fit());
  }

  @Test
  void oneSlowNightOfOneDateDoesNotMakeLaterRunsSmall() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 1));
    run.script =
        order -> run.orders.size() == 1 ? TestRun.fail(FailureClass.RESOURCE) : Optional.empty();
    assertEquals(0, run.run().exit());
    assertEquals(2, run.orders.size());
    assertEquals(Optional.empty(), run.ledger.facts("raw.sales").fit());
  }

  @Test
  void namedCulpritsFailAndTheOthersAreMadeInTwoMoreTasks() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 31));
    run.script =
        order ->
            order.intervals().contains(day(4))
                ? TestRun.fail(FailureClass.QUALITY, day(4))
                : Optional.empty();
    assertEquals(5, run.run().exit());
    assertEquals(
        List.of(days(1, 31), days(1, 3), days(5, 31)),
        run.orders.stream().map(TaskOrder::intervals).toList());
  }

  @Test
  void everyBadDateIsFoundWhereverTheyAre() throws Exception {
    List<Interval> bad = List.of(day(1), day(2), day(17), day(31));
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 31));
    run.script =
        order ->
            order.intervals().stream().anyMatch(bad::contains)
                ? TestRun.fail(FailureClass.DEFINITE)
                : Optional.empty();
    run.run();
    assertEquals(IntervalSet.of(bad), run.ledger.facts("raw.sales").failed());
    assertEquals(IntervalSet.of(days(1, 31)).minus(IntervalSet.of(bad)), run.made(SALES));
  }

  @Test
  void aMakerThatThrowsHasFailed() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 4), task(SALES, 6, 6));
    run.script =
        order -> {
          if (order.intervals().size() > 2) {
            throw new OutOfMemoryError("Java heap space");
          } else if (order.intervals().contains(day(6))) {
            throw new IllegalStateException("no such thing");
          }
          return Optional.empty();
        };
    assertEquals(3, run.run().exit());
    assertEquals(IntervalSet.of(days(1, 4)), run.made(SALES));
    RunEvent.IntervalsFailed failed = run.of(RunEvent.IntervalsFailed.class).get(0);
    assertEquals("java.lang.IllegalStateException: no such thing", failed.message());
  }

  @Test
  void whatTakesTooLongIsStoppedAndMadeInHalves() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1, Optional.of(Duration.ofHours(2))), task(SALES, 1, 4));
    run.script =
        order -> {
          if (order.intervals().size() < 3) {
            return Optional.empty();
          }
          assertEquals(List.of(Duration.ofHours(2)), List.copyOf(run.timers.after.values()));
          run.timers.goOff();
          assertTrue(run.cancelled.contains(order.attempt()));
          return TestRun.fail(FailureClass.CANCELLED);
        };
    assertEquals(0, run.run().exit());
    RunEvent.AttemptFailed failed = run.of(RunEvent.AttemptFailed.class).get(0);
    assertEquals(FailureClass.RESOURCE, failed.kind());
    assertEquals(
        "took longer than its timeout of 7200 s; raise timeout or lower batch in"
            + " jobs/raw.sales.conf:1",
        failed.message());
    assertEquals(0, run.timers.after.size());
  }

  @Test
  void whatWasPublishedInTheLastMomentBeforeTheTimeoutIsMade() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1, Optional.of(Duration.ofHours(2))), task(SALES, 1, 4));
    run.script =
        order -> {
          run.timers.goOff();
          return Optional.empty();
        };
    assertEquals(0, run.run().exit());
  }

  @Test
  void aStoppedRunEndsItsAttemptsAndStartsNothing() throws Exception {
    TestRun run = new TestRun(Lakes.retail(2), task(SALES, 1, 4), task(FACT, 1, 4));
    run.script =
        order -> {
          run.driver.cancel();
          assertTrue(run.cancelled.contains(order.attempt()));
          return TestRun.fail(FailureClass.CANCELLED);
        };
    Verdict verdict = run.run();
    assertEquals(
        new Verdict(
            1,
            "Made 0 of 8 intervals (0 rows); 8 not tried. The run was stopped; run again to make"
                + " the rest"),
        verdict);
    assertEquals(1, run.orders.size());
    AttemptRow attempt = run.attempts().get(0);
    assertEquals("cancelled", attempt.failureClass());
    assertEquals(IntervalSet.EMPTY, run.ledger.facts("raw.sales").failed());
    assertEquals(List.of("cancelled"), run.ledger.tasks().stream().map(TaskRow::state).toList());
    assertEquals(Optional.empty(), run.ledger.leaseHolder("raw.sales", run.clock.instant()));
  }

  @Test
  void whereNothingCanBeMadeAnyMoreTheRunEnds() throws Exception {
    TestRun run =
        new TestRun(
            Lakes.retail(2),
            task(SALES, 1, 4),
            task(Lakes.RATES, 1, 4),
            task(Lakes.RATES, 6, 6),
            task(Lakes.RATES, 8, 8));
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch stopped = new CountDownLatch(1);
    run.onCancel = stopped::countDown;
    run.script =
        order -> {
          both.countDown();
          TestRun.await(both);
          if (order.job().name().equals(SALES)) {
            run.isOver = true;
            return TestRun.fail(FailureClass.DEFINITE);
          }
          TestRun.await(stopped);
          return TestRun.fail(FailureClass.CANCELLED);
        };
    Verdict verdict = run.run();
    assertEquals(1, verdict.exit());
    assertTrue(
        verdict.lastLine().startsWith("Made 0 of 10 intervals (0 rows); 8 failed, 2 not tried. "),
        verdict.lastLine());
    assertEquals(2, run.orders.size());
    assertEquals(List.of(), run.pauses);
    assertEquals(
        List.of("transient", "transient"),
        run.attempts().stream().map(AttemptRow::failureClass).toList());
    assertEquals(IntervalSet.of(days(1, 4)), run.ledger.facts("raw.sales").failed());
    assertEquals(IntervalSet.of(days(1, 4)), run.ledger.facts("raw.fx_rate").failed());
    assertEquals(Optional.empty(), run.ledger.leaseHolder("raw.sales", run.clock.instant()));
  }

  @Test
  void soItEndsWhereThatIsFoundOutBeforeATry() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 4), task(Lakes.RATES, 1, 4));
    run.onStillPlanned =
        task -> {
          run.isOver = true;
          throw new IllegalStateException("Cannot call methods on a stopped SparkContext");
        };
    Verdict verdict = run.run();
    assertEquals(1, verdict.exit());
    assertTrue(verdict.lastLine().contains("4 failed, 4 not tried. "), verdict.lastLine());
    assertEquals(0, run.orders.size());
    assertEquals(List.of(), run.pauses);
  }

  @Test
  void aStopEndsTheWaitForAnotherTry() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 4));
    run.script = order -> TestRun.fail(FailureClass.TRANSIENT);
    run.onPause = pause -> run.driver.cancel();
    assertEquals(1, run.run().exit());
    assertEquals(1, run.orders.size());
  }

  @Test
  void aStopWhileBothWorkersAreBusyEndsBoth() throws Exception {
    TestRun run = new TestRun(Lakes.retail(2), task(SALES, 1, 4), task(Lakes.RATES, 1, 4));
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch stopped = new CountDownLatch(1);
    run.script =
        order -> {
          both.countDown();
          TestRun.await(both);
          if (order.job().name().equals(SALES)) {
            run.driver.cancel();
            stopped.countDown();
          }
          TestRun.await(stopped);
          return run.cancelled.contains(order.attempt())
              ? TestRun.fail(FailureClass.CANCELLED)
              : Optional.empty();
        };
    assertEquals(1, run.run().exit());
    assertEquals(2, run.cancelled.size());
  }

  @Test
  void movedPositionsAreReadAgain() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 4));
    AtomicInteger reads = new AtomicInteger();
    run.onFacts =
        () -> {
          if (reads.incrementAndGet() < 3) {
            throw StalePositions.of("raw.sales");
          }
        };
    assertEquals(0, run.run().exit());
    assertEquals(3, reads.get());
    assertEquals(1, run.orders.size());
  }

  @Test
  void failuresOfOtherKindsDoNotCountAsQuality() throws Exception {
    TestRun run =
        new TestRun(Lakes.retail(1), task(SALES, 1, 1), task(SALES, 2, 2), task(PRODUCT, 2, 2));
    run.script =
        order ->
            order.job().name().equals(PRODUCT)
                ? TestRun.fail(FailureClass.DEFINITE)
                : order.intervals().contains(day(1))
                    ? TestRun.fail(FailureClass.QUALITY)
                    : Optional.empty();
    assertEquals(3, run.run().exit());
  }

  @Test
  void aCommitThatGaveNoAnswerIsAskedForUntilItIsKnownAndNotMadeTwice() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 4));
    AtomicInteger asked = new AtomicInteger();
    run.script =
        order ->
            TestRun.unknown(
                () -> {
                  if (asked.incrementAndGet() < 2) {
                    throw new IllegalStateException("S3 is away");
                  }
                  return run.published(order);
                });
    assertEquals(0, run.run().exit());
    assertEquals(1, run.orders.size());
    assertEquals(List.of(Duration.ofSeconds(5), Duration.ofSeconds(10)), run.pauses);
    assertEquals(IntervalSet.of(days(1, 4)), run.made(SALES));
    assertEquals(List.of("made"), run.attempts().stream().map(AttemptRow::state).toList());
  }

  @Test
  void aCommitThatTurnsOutNotToHaveBeenMadeIsTriedAgain() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 4));
    run.script =
        order ->
            run.orders.size() > 1
                ? Optional.empty()
                : TestRun.unknown(() -> TestRun.fail(FailureClass.TRANSIENT).orElseThrow());
    assertEquals(0, run.run().exit());
    assertEquals(
        List.of("failed", "made"), run.attempts().stream().map(AttemptRow::state).toList());
  }

  @Test
  void aSecondTryThatComesToTheSameRowsStopsWhatOnlyFollows() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 4), Lakes.follower(FACT, 1, 4));
    run.script =
        order ->
            run.orders.size() == 1
                ? TestRun.fail(FailureClass.TRANSIENT)
                : Optional.of(run.publishedAsBefore(order));
    assertEquals(0, run.run().exit());
    assertEquals(0, run.orders(FACT).size());
    assertEquals(1, run.of(RunEvent.Unchanged.class).size());
  }

  @Test
  void whatFollowsIsMadeWhereACommitThatFailedMayHaveLandedSince() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 4), Lakes.follower(FACT, 1, 4));
    run.script =
        order ->
            !order.job().name().equals(SALES)
                ? Optional.empty()
                : run.orders.size() == 1
                    ? TestRun.failAtCommit(FailureClass.TRANSIENT)
                    : Optional.of(run.publishedAsBefore(order));
    assertEquals(0, run.run().exit());
    assertEquals(1, run.orders(FACT).size());
    assertEquals(0, run.of(RunEvent.Unchanged.class).size());
  }

  @Test
  void soItIsWhereTheCommitWasToldToStopForItsTimeout() throws Exception {
    TestRun run =
        new TestRun(
            Lakes.retail(1, Optional.of(Duration.ofHours(2))),
            task(SALES, 1, 1),
            Lakes.follower(FACT, 1, 1));
    run.script =
        order -> {
          if (!order.job().name().equals(SALES)) {
            return Optional.empty();
          } else if (run.orders.size() > 1) {
            return Optional.of(run.publishedAsBefore(order));
          }
          run.timers.goOff();
          return TestRun.failAtCommit(FailureClass.TRANSIENT);
        };
    assertEquals(0, run.run().exit());
    assertEquals(1, run.orders(FACT).size());
  }

  @Test
  void aCommitOfWhichNothingBecomesKnownIsLeftToWhoTakesTheJobNext() throws Exception {
    MemoryLedger ledger = new MemoryLedger();
    TestRun run = new TestRun("r1", Lakes.retail(1), ledger, task(SALES, 1, 4));
    run.script =
        order ->
            TestRun.unknown(
                () -> {
                  throw new IllegalStateException("S3 is away");
                });
    Verdict verdict = run.run();
    assertEquals(1, verdict.exit());
    assertTrue(verdict.lastLine().contains("could not be found out"), verdict.lastLine());
    assertEquals(1, run.orders.size());
    assertEquals(1, ledger.openAttempts().size());

    TestRun next = new TestRun("r2", Lakes.retail(1), ledger, task(SALES, 1, 4));
    assertEquals(0, next.run().exit());
    assertEquals(List.of(SALES), next.settled, "before it makes anything");
  }

  @Test
  void manySmallTasksAreSoonPutInOrder() throws Exception {
    io.sluice.plan.PlannedTask[] tasks = new io.sluice.plan.PlannedTask[3000];
    for (int i = 0; i < 1000; i++) {
      tasks[i] = task(SALES, i, i);
      tasks[1000 + i] = task(FACT, i, i);
      tasks[2000 + i] = task(DAILY, i, i);
    }
    TestRun run = new TestRun(Lakes.retail(2), tasks);
    Outcome none = TestRun.fail(FailureClass.DEFINITE).orElseThrow();
    run.script =
        order -> order.intervals().contains(day(500)) ? Optional.of(none) : Optional.empty();
    assertEquals(3, run.run().exit());
    assertEquals(999, run.made(DAILY).split(io.sluice.time.Cadence.DAY).size());
  }
}
