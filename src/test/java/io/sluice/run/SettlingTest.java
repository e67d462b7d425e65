package io.sluice.run;

import static io.sluice.run.Lakes.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.deltalog.Receipt;
import io.sluice.lake.TableName;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.MadeFacts;
import io.sluice.ledger.RunRow;
import io.sluice.ledger.TaskRow;
import io.sluice.testing.MemoryLedger;
import io.sluice.testing.SettableClock;
import io.sluice.time.IntervalSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private final SettableClock clock = new SettableClock(TestRun.NOW);
  private final MemoryLedger ledger = new MemoryLedger();
  private final List<String> forgotten = new ArrayList<>();
  private String unreadable = "";
  private String readable = "";
  private boolean failing;

  @Test
  void whatLandedIsMadeAndWhatDidNotIsForgotten() {
    run("r1", "here/1");
    attempt("r1-1.1", "r1", "raw.sales");
    attempt("r1-2.1", "r1", "raw.fx_rate");
    Settling.Settled settled = settling("raw.sales").settle();
    assertEquals(List.of("r1-1.1"), settled.landed().stream().map(AttemptRow::id).toList());
    assertEquals(List.of("r1-2.1"), settled.interrupted().stream().map(AttemptRow::id).toList());
    assertEquals(List.of("r1-1.1 landed", "r1-2.1"), forgotten);
    assertEquals(IntervalSet.of(days(1, 2)), ledger.facts("raw.sales").made());
    assertEquals(IntervalSet.EMPTY, ledger.facts("raw.fx_rate").made());
    assertEquals(IntervalSet.EMPTY, ledger.facts("raw.fx_rate").failed());
    assertEquals(
        List.of("made", "interrupted"),
        ledger.attempts("r1").stream().map(AttemptRow::state).toList());
    assertEquals(Optional.of(137), ledger.runs(1).get(0).exit());
  }

  @Test
  void whoIsAliveIsLeftAlone() {
    run("r1", "far/1");
    attempt("r1-1.1", "r1", "raw.sales");
    ledger.lease("raw.sales", "far/1", TestRun.NOW, Duration.ofMinutes(2));
    assertEquals(
        new Settling.Settled(List.of(), List.of(), List.of()), settling("raw.sales").settle());
    assertEquals(1, ledger.openAttempts().size());
    assertEquals(Optional.empty(), ledger.runs(1).get(0).endedAt());
  }

  @Test
  void anExpiredLeaseIsADeadDriver() {
    run("r1", "far/1");
    attempt("r1-1.1", "r1", "raw.sales");
    ledger.lease("raw.sales", "far/1", TestRun.NOW, Duration.ofMinutes(2));
    clock.advance(Duration.ofMinutes(3));
    assertEquals(1, settling("raw.sales").settle().landed().size());
  }

  @Test
  void whoMayOnlyStandStillIsLeftToWhoTakesItsJobOver() {
    run("r1", "far/1");
    run("r2", "far/2");
    attempt("r1-1.1", "r1", "raw.sales");
    attempt("r2-1.1", "r2", "raw.sales");
    attempt("r1-2.1", "r1", "raw.fx_rate");
    ledger.lease("raw.sales", "far/1", TestRun.NOW, Duration.ofMinutes(2));
    clock.advance(Duration.ofMinutes(3));
    assertEquals(new Settling.Settled(List.of(), List.of(), List.of()), settling().settle());
    assertEquals(List.of(), forgotten);

    settling().settle(Lakes.SALES, "r2");

    assertEquals(List.of("r1-1.1"), forgotten);
    assertEquals(
        List.of("r2-1.1", "r1-2.1"), ledger.openAttempts().stream().map(AttemptRow::id).toList());
    assertEquals(Optional.empty(), ledger.runs(1).get(0).endedAt(), "It may go on");
  }

  @Test
  void aDeadProcessOfThisMachineLosesItsLeaseAtOnce() {
    run("r1", "here/1");
    attempt("r1-1.1", "r1", "raw.sales");
    ledger.lease("raw.sales", "here/1", TestRun.NOW, Duration.ofMinutes(2));
    assertEquals(1, settling("raw.fx_rate").settle().interrupted().size());
    assertEquals(Optional.empty(), ledger.leaseHolder("raw.sales", TestRun.NOW));
  }

  @Test
  void aRunThatDiedBetweenAttemptsIsEnded() {
    run("r1", "here/1");
    run("r2", "far/2");
    settling().settle();
    assertEquals(
        List.of("r1"),
        ledger.runs(9).stream().filter(r -> r.exit().isPresent()).map(RunRow::id).toList());
  }

  @Test
  void anAttemptOfARunThatIsNotKnownIsLeftToWhoHoldsItsLease() {
    attempt("r9-1.1", "r9", "raw.sales");
    ledger.lease("raw.sales", "far/9", TestRun.NOW, Duration.ofMinutes(2));
    assertEquals(List.of(), settling().settle().interrupted());
    clock.advance(Duration.ofMinutes(3));
    assertEquals(1, settling().settle().interrupted().size());
  }

  @Test
  void anOldRunIsSettledHoweverManyCameAfterIt() {
    run("r1", "here/1");
    attempt("r1-1.1", "r1", "raw.sales");
    for (int i = 0; i < 1200; i++) {
      clock.advance(Duration.ofSeconds(1));
      run("later" + i, "far/" + i);
    }
    assertEquals(1, settling("raw.sales").settle().landed().size());
  }

  @Test
  void aTableWhoseLogCanNotBeReadIsLeftOpenAndTheOthersAreSettled() {
    run("r1", "here/1");
    attempt("r1-1.1", "r1", "raw.sales");
    attempt("r1-2.1", "r1", "raw.fx_rate");
    unreadable = "raw.sales";
    Settling.Settled settled = settling("raw.fx_rate").settle();
    assertEquals(List.of("r1-2.1"), settled.landed().stream().map(AttemptRow::id).toList());
    assertEquals(
        List.of(
            "raw.sales 2011-03-01 .. 2011-03-02: what attempt r1-1.1 of a dead run did can't be settled yet: no rights"),
        settled.notes());
    unreadable = "";
    assertEquals(1, settling("raw.sales").settle().landed().size(), "the next start settles it");
  }

  @Test
  void whoDiesWhileSettlingLeavesItToTheNext() {
    run("r1", "here/1");
    attempt("r1-1.1", "r1", "raw.sales");
    failing = true;
    assertEquals(1, settling().settle().notes().size());
    assertEquals(1, ledger.openAttempts().size());
    failing = false;
    assertEquals(1, settling().settle().interrupted().size());
    assertEquals(List.of("r1-1.1"), forgotten);
  }

  @Test
  void whatALandedAttemptHasStagedGoesToo() {
    run("r1", "here/1");
    attempt("r1-1.1", "r1", "raw.sales");
    settling("raw.sales").settle();
    assertEquals(List.of("r1-1.1 landed"), forgotten);
  }

  @Test
  void aDeadRunOfWhichNotAllIsKnownKeepsItsLeases() {
    run("r1", "here/1");
    attempt("r1-1.1", "r1", "raw.sales");
    ledger.lease("raw.sales", "here/1", TestRun.NOW, Duration.ofMinutes(2));
    unreadable = "raw.sales";
    settling().settle();
    assertEquals(Optional.of("here/1"), ledger.leaseHolder("raw.sales", TestRun.NOW));
    unreadable = "";
    settling().settle();
    assertEquals(Optional.empty(), ledger.leaseHolder("raw.sales", TestRun.NOW));
  }

  @Test
  void theLeaseThatAnEndedRunKeptIsGivenBackWhenItsAttemptIsSettled() {
    run("r1", "far/1");
    attempt("r1-1.1", "r1", "raw.sales");
    ledger.lease("raw.sales", "far/1", TestRun.NOW, Duration.ofMinutes(2));
    ledger.runEnded("r1", TestRun.NOW, 1, "not known");
    settling("raw.sales").settle();
    assertEquals(Optional.empty(), ledger.leaseHolder("raw.sales", TestRun.NOW));
  }

  @Test
  void whoLeftTwoAttemptsOpenGivesItsLeaseBackWhenBothAreKnown() {
    run("r1", "far/1");
    attempt("r1-1.1", "r1", "raw.sales");
    attempt("r1-2.1", "r1", "raw.sales");
    ledger.lease("raw.sales", "far/1", TestRun.NOW, Duration.ofMinutes(2));
    ledger.runEnded("r1", TestRun.NOW, 1, "not known");
    unreadable = "raw.sales";
    readable = "r1-1.1";
    settling("raw.sales").settle();
    assertEquals(Optional.of("far/1"), ledger.leaseHolder("raw.sales", TestRun.NOW));
    readable = "";
    unreadable = "";
    settling("raw.sales").settle();
    assertEquals(Optional.empty(), ledger.leaseHolder("raw.sales", TestRun.NOW));
  }

  @Test
  void whatWasNotKilledIsNotHalved() {
    for (String run : List.of("r1", "r2")) {
      clock.advance(Duration.ofMinutes(1));
      run(run, "here/" + run);
      attempt(run + "-1.1", run, "raw.sales");
      ledger.runEnded(run, clock.instant(), 1, "whether it was published was not known");
      assertEquals(List.of(), settling().settle().notes());
    }
    assertEquals(Optional.empty(), ledger.facts("raw.sales").fit());
    assertTrue(ledger.attempts("r2").get(0).message().contains("it was not"));
  }

  @Test
  void whatKilledTwoRunsIsTriedInHalves() {
    run("r1", "here/1");
    attempt("r1-1.1", "r1", "raw.sales");
    assertEquals(List.of(), settling().settle().notes());
    assertEquals(Optional.empty(), ledger.facts("raw.sales").fit());
    clock.advance(Duration.ofMinutes(1));
    run("r2", "here/2");
    attempt("r2-1.1", "r2", "raw.sales");
    assertEquals(
        List.of(
            "raw.sales: two runs were killed at 2 intervals at once; no more than 1 are tried from now on, until its definition or batch changes"),
        settling().settle().notes());
    assertEquals(1, ledger.facts("raw.sales").fit().orElseThrow().intervals());
  }

  @Test
  void tasksOfADeadRunEndWithIt() {
    run("r1", "here/1");
    task("r1-1", "r1");
    settling().settle();
    assertEquals("failed", ledger.tasks("r1").get(0).state());
  }

  @Test
  void aRunOfAnotherMachineThatIsSilentForLongIsEnded() {
    run("r1", "far/1");
    clock.advance(Settling.SILENCE);
    settling().settle();
    assertEquals(1, ledger.openRuns().size());
    clock.advance(Duration.ofSeconds(1));
    ledger.lease("raw.sales", "far/1", clock.instant(), Duration.ofMinutes(2));
    settling().settle();
    assertEquals(1, ledger.openRuns().size(), "it works");
    clock.advance(Duration.ofMinutes(3));
    settling().settle();
    assertEquals(0, ledger.openRuns().size());
  }

  @Test
  void whoTakesAJobOverSettlesWhatOthersLeftOfItAndNothingElse() {
    run("r1", "far/1");
    run("r2", "far/2");
    attempt("r1-1.1", "r1", "raw.sales");
    attempt("r1-2.1", "r1", "raw.fx_rate");
    attempt("r2-1.1", "r2", "raw.sales");
    ledger.lease("raw.sales", "far/2", TestRun.NOW, Duration.ofMinutes(2));
    Settling.Settled settled =
        settling("raw.sales").settle(TableName.parse("raw.sales").orElseThrow(), "r2");
    assertEquals(List.of("r1-1.1"), settled.landed().stream().map(AttemptRow::id).toList());
    assertEquals(
        List.of("r1-2.1", "r2-1.1"), ledger.openAttempts().stream().map(AttemptRow::id).toList());
  }

  private Settling settling(String... landed) {
    return new Settling(
        Lakes.retail(1),
        ledger,
        attempt -> {
          if (attempt.job().equals(unreadable) && !attempt.id().equals(readable)) {
            throw new UncheckedIOException("no rights", new IOException());
          }
          return List.of(landed).contains(attempt.job())
              ? Optional.of(facts(attempt))
              : Optional.empty();
        },
        clock,
        holder -> holder.startsWith("here/"),
        (attempt, hasLanded) -> {
          if (failing) {
            throw new IllegalStateException("killed");
          }
          forgotten.add(attempt.id() + (hasLanded ? " landed" : ""));
        });
  }

  private void run(String id, String holder) {
    ledger.runStarted(
        new RunRow(id, "run", holder, TestRun.NOW, Optional.empty(), Optional.empty(), ""));
  }

  private void task(String id, String run) {
    ledger.taskStarted(
        new TaskRow(
            id,
            run,
            "raw.sales",
            IntervalSet.of(days(1, 2)),
            "missing",
            TestRun.NOW,
            Optional.empty(),
            "running",
            ""));
  }

  private void attempt(String id, String run, String job) {
    ledger.attemptStarted(
        AttemptRow.begun(
            id,
            run,
            id.substring(0, 4),
            job,
            IntervalSet.of(days(1, 2)),
            "v1",
            3,
            clock.instant()));
  }

  private static MadeFacts facts(AttemptRow attempt) {
    return new MadeFacts(
        new Receipt(
            "retail",
            attempt.job(),
            attempt.run(),
            attempt.id(),
            "v1",
            Map.of(),
            days(1, 2).stream().map(i -> new Receipt.Made(i, 5, 0)).toList()),
        4,
        Map.of(),
        Map.of(),
        Map.of());
  }
}
