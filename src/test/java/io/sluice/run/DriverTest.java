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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.TableName;
import io.sluice.lake.WriteSpec;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.LedgerException;
import io.sluice.ledger.TaskRow;
import io.sluice.task.FailureClass;
import io.sluice.time.IntervalSet;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DriverTest {

  @Test
  void whatATaskNeedsIsMadeBeforeIt() throws Exception {
    TestRun run =
        new TestRun(
            Lakes.retail(4),
            task(SALES, 1, 3),
            task(RATES, 1, 3),
            task(FACT, 1, 3),
            task(PRODUCT, 1, 3),
            task(DAILY, 1, 3));
    assertEquals(new Verdict(0, "Made 15 of 15 intervals (150 rows, 15 quarantined)"), run.run());
    assertTrue(made(run, SALES) < started(run, FACT));
    assertTrue(made(run, RATES) < started(run, FACT));
    assertTrue(made(run, SALES) < started(run, PRODUCT));
    assertTrue(made(run, FACT) < started(run, DAILY));
    assertTrue(made(run, PRODUCT) < started(run, DAILY));
    assertEquals(IntervalSet.of(days(1, 3)), run.made(DAILY));
  }

  @Test
  void aLookbackReachesIntoTheTaskBefore() throws Exception {
    TestRun run =
        new TestRun(Lakes.retail(4), task(RATES, 1, 3), task(RATES, 4, 5), task(FACT, 8, 9));
    run.run();
    int rates =
        run.at(
            e ->
                e instanceof RunEvent.TaskMade made
                    && made.part().job().equals(RATES)
                    && made.part().first().equals(day(1)));
    assertTrue(rates < started(run, FACT));
  }

  @Test
  void whatNeedsNothingOfAnotherRunsBesideIt() throws Exception {
    TestRun run = new TestRun(Lakes.retail(2), task(SALES, 1, 3), task(RATES, 1, 3));
    CountDownLatch both = new CountDownLatch(2);
    run.script =
        order -> {
          both.countDown();
          TestRun.await(both);
          return Optional.empty();
        };
    assertEquals(0, run.run().exit());
  }

  @Test
  void neverMoreTasksThanTheLakeAllows() throws Exception {
    TestRun run =
        new TestRun(
            Lakes.retail(2),
            task(SALES, 1, 1),
            task(SALES, 2, 2),
            task(SALES, 3, 3),
            task(SALES, 4, 4),
            task(RATES, 1, 1),
            task(RATES, 2, 2),
            task(RATES, 3, 3));
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    run.script =
        order -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          two.countDown();
          TestRun.await(two);
          now.decrementAndGet();
          return Optional.empty();
        };
    assertEquals(0, run.run().exit());
    assertEquals(2, most.get());
  }

  @Test
  void aBadDateFailsItselfAndWhatNeedsItAndNothingElse() throws Exception {
    TestRun run =
        new TestRun(
            Lakes.retail(1),
            task(SALES, 1, 31),
            task(FACT, 1, 31),
            task(PRODUCT, 1, 31),
            task(DAILY, 1, 31));
    run.script = TestRun.poisoned(SALES, day(4), FailureClass.DEFINITE);
    Verdict verdict = run.run();
    assertEquals(3, verdict.exit());
    IntervalSet others = IntervalSet.of(days(1, 31)).minus(IntervalSet.of(day(4)));
    assertEquals(others, run.made(SALES));
    assertEquals(others, run.made(FACT));
    assertEquals(others, run.made(DAILY));
    assertEquals(IntervalSet.of(days(1, 3)), run.made(PRODUCT));
    assertEquals(IntervalSet.of(day(4)), run.ledger.facts("raw.sales").failed());
    assertEquals(
        List.of(FACT, PRODUCT, DAILY),
        run.of(RunEvent.Skipped.class).stream().map(e -> e.part().job()).toList());
    assertTrue(
        run.of(RunEvent.Skipped.class).stream()
            .allMatch(e -> e.cause().equals("raw.sales 2011-03-04 failed")));
    RunEvent.Held held = run.of(RunEvent.Held.class).get(0);
    assertEquals(days(5, 31), held.part().intervals());
    assertEquals(1, run.of(RunEvent.Held.class).size());
    assertEquals(
        "Made 93 of 124 intervals (930 rows, 93 quarantined); 1 failed, 3 skipped, 27 held."
            + " raw.sales 2011-03-04 failed (definite): definite it is. Mend it and run again; what is made stays"
            + " made",
        verdict.lastLine());
  }

  @Test
  void oneBadDateOfThirtyOneIsFoundInElevenAttempts() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 31));
    run.script = TestRun.poisoned(SALES, day(4), FailureClass.DEFINITE);
    run.run();
    assertEquals(11, run.orders.size());
  }

  @Test
  void whatAnAttemptLeavesOutIsGivenUpWithoutAnotherTry() throws Exception {
    TestRun run =
        new TestRun(Lakes.retail(1), task(SALES, 1, 31), task(FACT, 1, 31), task(DAILY, 1, 31));
    run.script =
        order ->
            order.job().name().equals(SALES)
                ? Optional.of(run.publishedWithout(order, day(4)))
                : Optional.empty();

    assertEquals(
        new Verdict(
            5,
            "Made 90 of 93 intervals (900 rows, 90 quarantined); 1 failed, 2 skipped. raw.sales"
                + " 2011-03-04 failed (quality): rows broke a rule. Mend it and run again; what is"
                + " made stays made"),
        run.run());

    assertEquals(1, run.orders(SALES).size());
    assertEquals(
        List.of(days(1, 3), days(5, 31)),
        run.of(RunEvent.TaskMade.class).stream()
            .filter(made -> made.part().job().equals(SALES))
            .map(made -> made.part().intervals())
            .toList());
    assertEquals(IntervalSet.of(day(4)), run.ledger.facts("raw.sales").failed());
    AttemptRow attempt = run.attempts().get(0);
    assertEquals(IntervalSet.of(day(4)), attempt.unpublished());
    assertEquals("quality", attempt.failureClass());
    assertEquals("failed", run.ledger.tasks().get(0).state());
  }

  @Test
  void ofAnOrderedJobNothingIsMadeAfterWhatAnAttemptLeavesOut() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(PRODUCT, 1, 6), task(PRODUCT, 7, 8));
    run.script = order -> Optional.of(run.publishedWithout(order, days(4, 6)));
    assertEquals(5, run.run().exit());
    assertEquals(1, run.orders.size());
    assertEquals(IntervalSet.of(days(1, 3)), run.made(PRODUCT));
    assertEquals(IntervalSet.of(day(4)), run.ledger.facts("analysis.dim_product").failed());
    assertEquals(
        List.of(days(7, 8), days(5, 6)),
        run.of(RunEvent.Held.class).stream().map(held -> held.part().intervals()).toList());
  }

  @Test
  void anOrderedJobIsMadeInOrderUpToItsBadDate() throws Exception {
    TestRun run =
        new TestRun(Lakes.retail(2), task(PRODUCT, 1, 8), task(PRODUCT, 9, 10), task(FACT, 1, 10));
    run.script = TestRun.poisoned(PRODUCT, day(6), FailureClass.QUALITY);
    assertEquals(5, run.run().exit());
    assertEquals(IntervalSet.of(days(1, 5)), run.made(PRODUCT));
    assertEquals(IntervalSet.of(days(1, 10)), run.made(FACT));
    List<LocalDateTime> starts =
        run.of(RunEvent.TaskMade.class).stream()
            .filter(made -> made.part().job().equals(PRODUCT))
            .map(made -> made.part().first().from())
            .toList();
    assertEquals(starts.stream().sorted().toList(), starts);
    assertEquals(
        List.of(days(7, 8), days(9, 10)),
        run.of(RunEvent.Held.class).stream()
            .map(held -> held.part().intervals())
            .sorted(Comparator.comparing(intervals -> intervals.get(0)))
            .toList());
  }

  @Test
  void aWholeInputIsWaitedForButNotRequired() throws Exception {
    TestRun run =
        new TestRun(Lakes.retail(2), task(PRODUCT, 1, 2), task(DAILY, 2, 3)).withTable(PRODUCT);
    run.script = TestRun.poisoned(PRODUCT, day(1), FailureClass.DEFINITE);
    run.early = intervals -> Map.of("analysis.dim_product", IntervalSet.of(intervals));
    assertEquals(3, run.run().exit());
    assertTrue(run.at(e -> e instanceof RunEvent.IntervalsFailed) < started(run, DAILY));
    assertEquals(IntervalSet.of(days(2, 3)), run.made(DAILY));
    assertEquals(
        Map.of("analysis.dim_product", IntervalSet.of(days(2, 3))),
        run.ledger.facts("aggregate.daily_sales").early());
  }

  @Test
  void theHistoryHasRowsOfRunTasksAndAttemptsWithTheirEnds() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2), task(FACT, 1, 2));
    run.script = TestRun.poisoned(SALES, day(1), FailureClass.DEFINITE);
    run.run();
    assertEquals(Optional.of(3), run.ledger.runs(1).get(0).exit());
    assertEquals(
        List.of("failed", "skipped", "made"),
        run.ledger.tasks().stream().map(TaskRow::state).toList());
    assertEquals(
        List.of("failed", "failed", "made", "made"),
        run.attempts().stream().map(AttemptRow::state).toList());
    assertEquals(List.of(), run.ledger.openAttempts());
  }

  @Test
  void anEmptyPlanIsUpToDate() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1));
    assertEquals(new Verdict(0, "Nothing to make: the lake is up to date"), run.run());
  }

  @Test
  void aListenerThatFailsDisturbsNobody() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2));
    RunEvents events =
        new RunEvents(
            List.of(
                e -> {
                  throw new IllegalStateException("no");
                },
                run.events::add));
    events.tell(new RunEvent.RunStarted(TestRun.NOW, "r", 1, 1));
    assertEquals(1, run.events.size());
  }

  @Test
  void aLedgerThatCannotBeWrittenEndsTheRun() {
    TestRun run = new TestRun(Lakes.retail(2), task(SALES, 1, 2), task(FACT, 1, 2));
    run.onFacts =
        () -> {
          throw new LedgerException("The ledger is gone");
        };
    LedgerException thrown = assertThrows(LedgerException.class, run::run);
    assertEquals("The ledger is gone", thrown.getMessage());
    assertEquals(1, run.orders.size());
  }

  @Test
  void aTableThatCannotBeLookedAtFailsItsOwnJobAlone() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2), task(RATES, 1, 2));
    run.early =
        intervals -> {
          if (run.attempts().size() < 3 && run.made(RATES).isEmpty()) {
            throw new IllegalStateException("version 7 is gone");
          }
          return Map.of();
        };
    assertEquals(3, run.run().exit());
    assertEquals(IntervalSet.of(days(1, 2)), run.made(RATES));
    assertEquals(
        "the log of the table or of an input can't be read: version 7 is gone",
        run.of(RunEvent.IntervalsFailed.class).get(0).message());
  }

  @Test
  void aLogThatMayNotBeReadIsNotTriedAgain() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2));
    run.early =
        intervals -> {
          throw new UncheckedIOException(
              "Can't read the Delta log of s3a://lake/raw/sales",
              new AccessDeniedException("s3a://lake/raw/sales/_delta_log"));
        };
    assertEquals(1, run.run().exit());
    assertEquals(1, run.attempts().size());
    assertEquals(List.of(), run.pauses);
    RunEvent.IntervalsFailed failed = run.of(RunEvent.IntervalsFailed.class).get(0);
    assertEquals(FailureClass.DEFINITE, failed.kind());
    assertEquals(days(1, 2), failed.part().intervals());
    assertEquals(
        "the log of the table or of an input can't be read:"
            + " Can't read the Delta log of s3a://lake/raw/sales"
            + "; check the rights and keys that Sluice runs with",
        failed.message());
  }

  @Test
  void whatIsPublishedButCannotBeToldIsLeftToTheNextStart() throws Exception {
    TestRun run = new TestRun(Lakes.retail(1), task(SALES, 1, 2), task(RATES, 1, 2));
    run.onFacts =
        () -> {
          if (run.orders.size() == 1) {
            throw new IllegalStateException("version 7 is gone");
          }
        };
    assertEquals(3, run.run().exit());
    assertEquals(IntervalSet.of(days(1, 2)), run.made(RATES));
    assertEquals(
        List.of("r1-1.1"), run.ledger.openAttempts().stream().map(AttemptRow::id).toList());
  }

  @Test
  void tasksThatWaitForEachOtherAreAFault() {
    TestRun run =
        new TestRun(
            Lakes.lake(
                1,
                Lakes.job(SALES, new WriteSpec.Replace(), Optional.empty(), Lakes.cut(RATES, 0)),
                Lakes.job(RATES, new WriteSpec.Replace(), Optional.empty(), Lakes.cut(SALES, 0))),
            task(SALES, 1, 1),
            task(RATES, 1, 1));
    assertThrows(IllegalStateException.class, run::run);
  }

  private static int made(TestRun run, TableName job) {
    return run.at(e -> e instanceof RunEvent.TaskMade made && made.part().job().equals(job));
  }

  private static int started(TestRun run, TableName job) {
    return run.at(e -> e instanceof RunEvent.TaskStarted task && task.part().job().equals(job));
  }

  @Test
  void whoReadsAWholeTableThatCouldNotBeCreatedIsSkipped() throws Exception {
    TestRun run =
        new TestRun(Lakes.retail(1), task(PRODUCT, 1, 1), task(DAILY, 1, 1)).withTable(FACT);
    run.script = TestRun.poisoned(PRODUCT, day(1), FailureClass.QUALITY);
    Verdict verdict = run.run();
    assertEquals(5, verdict.exit(), verdict::lastLine);
    assertEquals(List.of(), run.orders(DAILY));
    assertEquals(1, run.of(RunEvent.Skipped.class).size());
  }

  @Test
  void aWholeTableThatIsThereIsReadAsItIs() throws Exception {
    TestRun run =
        new TestRun(Lakes.retail(1), task(PRODUCT, 1, 1), task(DAILY, 1, 1)).withTable(PRODUCT);
    run.script = TestRun.poisoned(PRODUCT, day(1), FailureClass.QUALITY);
    run.run();
    assertEquals(1, run.orders(DAILY).size());
  }
}
