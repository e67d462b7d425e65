package io.sluice.ledger;

import static io.sluice.ledger.Days.INPUT;
import static io.sluice.ledger.Days.JOB;
import static io.sluice.ledger.Days.NOON;
import static io.sluice.ledger.Days.attempt;
import static io.sluice.ledger.Days.changed;
import static io.sluice.ledger.Days.day;
import static io.sluice.ledger.Days.days;
import static io.sluice.ledger.Days.made;
import static io.sluice.ledger.Days.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.Undone;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger promises of facts, items, leases and history. */
abstract class LedgerContract {

  protected Ledger ledger;

  /** The ledger of this test, opened once more. */
  abstract Ledger open();

  @BeforeEach
  void openLedger() {
    ledger = open();
  }

  @AfterEach
  void closeLedger() {
    ledger.close();
  }

  final JobFacts facts() {
    return ledger.facts().getOrDefault(JOB, JobFacts.none(JOB));
  }

  final void make(String id, String definition, long version, int first, int last) {
    ledger.attemptStarted(attempt(id, days(first, last)));
    ledger.attemptMade(id, NOON, made(id, definition, version, first, last));
  }

  @Test
  void anUndoPutsIntervalsBackAndOthersToNotMade() {
    make("a", "d1", 5, 1, 4);
    make("b", "d2", 6, 3, 6);
    ledger.attemptStarted(attempt("u", days(3, 6)));
    Receipt receipt =
        new Receipt(
            "retail",
            JOB,
            "run",
            "u",
            "d1",
            Map.of(),
            List.of(new Receipt.Made(day(3), 100, 3), new Receipt.Made(day(4), 100, 0)),
            List.of(),
            "",
            false,
            Optional.of(
                new Undone(
                    "run",
                    OptionalLong.empty(),
                    List.of(new Undone.Origin(5, "a", "d1", set(days(3, 4)))),
                    set(days(5, 6)))));
    ledger.attemptMade("u", NOON, new MadeFacts(receipt, 7, Map.of(), Map.of(), Map.of()));

    assertEquals(set(days(1, 4)), facts().made());
    assertEquals(Optional.of("d2"), facts().definition());
    assertEquals(set(days(1, 4)), facts().otherDefinition());
    AttemptRow undo = ledger.attempt("u").orElseThrow();
    assertEquals(set(days(3, 6)), undo.published());
    assertEquals(set(days(3, 4)), undo.made());
    assertEquals(
        List.of("a 1", "a 2", "a 3"),
        ledger.quarantined(Optional.of(JOB)).stream()
            .map(row -> row.attempt() + " " + row.rows())
            .toList());
  }

  @Test
  void aNewLedgerHasNoFacts() {
    assertEquals(Map.of(), ledger.facts());
    assertEquals(List.of(), ledger.runs(10));
    assertEquals(List.of(), ledger.openAttempts());
  }

  @Test
  void whatWasMadeIsThereForTheNextProcess() {
    make("a", "d1", 5, 1, 3);
    ledger.close();
    ledger = open();
    assertEquals(set(days(1, 3)), facts().made());
    assertEquals(Optional.of("d1"), facts().definition());
    assertEquals(IntervalSet.EMPTY, facts().otherDefinition());
  }

  @Test
  void daysMadeOneByOneInAnyOrderAreOneRange() {
    make("c", "d1", 7, 3, 3);
    make("a", "d1", 5, 1, 1);
    assertEquals(List.of(day(1), day(3)), facts().made().ranges());
    make("b", "d1", 8, 2, 2);
    assertEquals(List.of(days(1, 3)), facts().made().ranges());
  }

  @Test
  void aNewDefinitionSplitsWhatAnOlderOneMade() {
    make("a", "d1", 5, 1, 9);
    make("b", "d2", 6, 4, 5);
    assertEquals(set(days(1, 9)), facts().made());
    assertEquals(Optional.of("d2"), facts().definition());
    assertEquals(set(days(1, 3), days(6, 9)), facts().otherDefinition());
    make("c", "d2", 7, 1, 9);
    assertEquals(IntervalSet.EMPTY, facts().otherDefinition());
  }

  @Test
  void rangesAgreeWithASetOfDaysWhateverIsMade() {
    Random random = new Random(11);
    String[] byDay = new String[32];
    String newest = "";
    for (int i = 0; i < 60; i++) {
      int first = 1 + random.nextInt(31);
      int last = Math.min(31, first + random.nextInt(6));
      newest = "d" + random.nextInt(3);
      make("a" + i, newest, 5 + i, first, last);
      Arrays.fill(byDay, first, last + 1, newest);
      IntervalSet expected = IntervalSet.EMPTY;
      IntervalSet others = IntervalSet.EMPTY;
      for (int day = 1; day <= 31; day++) {
        if (byDay[day] != null) {
          expected = expected.plus(day(day));
          others = byDay[day].equals(newest) ? others : others.plus(day(day));
        }
      }
      assertEquals(expected, facts().made(), "seed 11, step " + i);
      assertEquals(others, facts().otherDefinition(), "seed 11, step " + i);
    }
  }

  @Test
  void aTableWithoutTimeIsMadeAsAWhole() {
    ledger.accept(JOB, set(Interval.ALWAYS), "d1", "it is there", NOON);
    assertEquals(set(Interval.ALWAYS), facts().made());
  }

  @Test
  void theNewestSizeThatFitsIsKept() {
    assertEquals(Optional.empty(), ledger.facts(JOB).fit());
    ledger.fits(JOB, new Fit("d1", 31, 16));
    ledger.fits(JOB, new Fit("d1", 31, 8));
    assertEquals(Optional.of(new Fit("d1", 31, 8)), facts().fit());
    make("a", "d1", 5, 1, 3);
    assertEquals(Optional.of(new Fit("d1", 31, 8)), facts().fit());
  }

  @Test
  void hoursAreKeptApart() {
    Interval hour =
        new Interval(LocalDateTime.of(2011, 1, 1, 5, 0), LocalDateTime.of(2011, 1, 1, 6, 0));
    ledger.accept(JOB, set(hour), "d1", "", NOON);
    assertEquals(set(hour), facts().made());
    ledger.accept(JOB, set(day(1)), "d1", "", NOON);
    assertEquals(set(day(1)), facts().made());
  }

  @Test
  void aFailedDayIsFailedUntilItIsMade() {
    ledger.attemptStarted(attempt("a", days(1, 3)));
    ledger.attemptFailed("a", NOON, "definite", "no such column", set(day(2), day(3)));
    assertEquals(set(days(2, 3)), facts().failed());
    assertEquals(IntervalSet.EMPTY, facts().made());
    make("b", "d1", 5, 1, 2);
    assertEquals(set(day(3)), facts().failed());
  }

  @Test
  void anAttemptThatIsInTheTableCannotFailAnyMore() {
    make("a", "d1", 5, 1, 1);
    ledger.attemptFailed("a", NOON, "transient", "connection lost", set(day(1)));
    assertEquals(IntervalSet.EMPTY, facts().failed());
    assertEquals("made", ledger.attempts("run").get(0).state());
  }

  @Test
  void anUnknownAttemptCannotFail() {
    assertThrows(
        LedgerException.class,
        () -> ledger.attemptFailed("x", NOON, "transient", "", IntervalSet.EMPTY));
  }

  @Test
  void anIntervalIsEarlyForAnInputUntilItIsMadeAgain() {
    ledger.attemptStarted(attempt("a", days(1, 4)));
    MadeFacts made = made("a", 1, 4);
    Map<String, IntervalSet> early = Map.of("analysis.dim_product", set(days(3, 4)));
    ledger.attemptMade("a", NOON, new MadeFacts(made.receipt(), 5, Map.of(), early, Map.of()));
    assertEquals(early, facts().early());
    make("b", "d1", 6, 4, 4);
    assertEquals(Map.of("analysis.dim_product", set(day(3))), facts().early());
  }

  @Test
  void readingOnMarksWhatIsMade() {
    make("a", "d1", 5, 1, 4);
    assertTrue(
        ledger.advance(JOB, INPUT, Optional.empty(), 7, List.of(changed(day(4)), changed(day(9)))));
    assertEquals(List.of(changed(day(4))), facts().stale());
    assertEquals(7, facts().positions().get(INPUT));
    make("b", "d1", 6, 4, 4);
    assertEquals(List.of(), facts().stale());
  }

  @Test
  void readingOnFromAnOldPositionDoesNothing() {
    make("a", "d1", 5, 1, 4);
    assertTrue(ledger.advance(JOB, INPUT, Optional.empty(), 7, List.of()));
    assertFalse(ledger.advance(JOB, INPUT, Optional.of(6L), 9, List.of(changed(day(1)))));
    assertFalse(ledger.advance(JOB, INPUT, Optional.empty(), 9, List.of(changed(day(1)))));
    assertEquals(List.of(), facts().stale());
    assertEquals(7, facts().positions().get(INPUT));
  }

  @Test
  void neighbouringMarksOfOneCauseAreOne() {
    make("a", "d1", 5, 1, 9);
    ledger.advance(
        JOB,
        INPUT,
        Optional.empty(),
        7,
        List.of(changed(day(2)), changed(day(3)), changed(day(6)), changed(day(4))));
    assertEquals(List.of(changed(days(2, 4)), changed(day(6))), facts().stale());
  }

  @Test
  void aMarkOfTheWholeTableIsOfAllThatIsMade() {
    make("a", "d1", 5, 1, 3);
    ledger.advance(JOB, INPUT, Optional.empty(), 7, List.of(changed(Interval.ALWAYS)));
    assertEquals(List.of(changed(days(1, 3))), facts().stale());
  }

  @Test
  void forcingMarksUnmadeDaysToo() {
    ledger.force(JOB, set(days(1, 4)), "backfill");
    assertEquals(List.of(new JobFacts.Mark(days(1, 4), "forced", "backfill")), facts().stale());
    make("a", "d1", 5, 1, 2);
    make("b", "d1", 6, 4, 4);
    assertEquals(List.of(new JobFacts.Mark(day(3), "forced", "backfill")), facts().stale());
  }

  @Test
  void whatIsForcedWhileAnAttemptWorksIsNotDoneByIt() {
    ledger.force(JOB, set(days(1, 2)), "backfill");
    ledger.attemptStarted(attempt("a", day(1)));
    ledger.attemptStarted(attempt("b", day(2)));
    ledger.force(JOB, set(day(1)), "once more");
    ledger.attemptMade("a", NOON, made("a", 1, 1));
    ledger.attemptMade("b", NOON, made("b", "d1", 6, 2, 2));
    assertEquals(List.of(new JobFacts.Mark(day(1), "forced", "once more")), facts().stale());
  }

  @Test
  void acceptedDaysCountAsMadeAndTheHistorySaysWhy() {
    ledger.attemptStarted(attempt("a", days(1, 2)));
    ledger.attemptFailed("a", NOON, "definite", "no file", set(days(1, 2)));
    ledger.force(JOB, set(day(1)), "backfill");
    SourceItem item = new SourceItem("1.csv", "v", 3);
    ledger.accept(
        JOB, set(days(1, 2)), "d9", "the shop was closed", NOON, Map.of(day(1), List.of(item)));
    assertEquals(set(days(1, 2)), facts().made());
    assertEquals(IntervalSet.EMPTY, facts().failed());
    assertEquals(List.of(), facts().stale());
    assertEquals(Optional.of("d9"), facts().definition());
    assertEquals(Map.of(day(1), List.of(item)), ledger.sourceItems(JOB, days(1, 2)));
    AttemptRow accepted = ledger.attemptsAt(JOB, day(2), 1).get(0);
    assertEquals("accepted", accepted.state());
    assertEquals("the shop was closed", accepted.message());
  }

  @Test
  void itemsAreThoseOfTheLastAttempt() {
    SourceItem old = new SourceItem("1.csv", "v1", 10);
    SourceItem late = new SourceItem("1-late.csv", "v1", 5);
    makeFrom("a", 5, Map.of(day(1), List.of(old), day(2), List.of()), 1, 2);
    assertEquals(Map.of(day(1), List.of(old)), ledger.sourceItems(JOB, days(1, 9)));
    SourceItem changed = new SourceItem("1.csv", "v2", 11);
    makeFrom("b", 6, Map.of(day(1), List.of(changed, late)), 1, 1);
    assertEquals(Map.of(day(1), List.of(late, changed)), ledger.sourceItems(JOB, day(1)));
    assertEquals(Map.of(), ledger.sourceItems(JOB, day(2)));
  }

  @Test
  void anItemKeepsTheIntervalInWhichItWasFirstSeen() {
    ledger.see(JOB, Map.of("x.csv", day(3)));
    ledger.see(JOB, Map.of("x.csv", day(5), "y.csv", day(5)));
    assertEquals(
        Map.of("x.csv", day(3), "y.csv", day(5)),
        ledger.firstSeen(JOB, Set.of("x.csv", "y.csv", "z.csv")));
    assertEquals(Map.of(), ledger.sourceItems(JOB, days(1, 31)), "seen is not made");
    SourceItem made = new SourceItem("x.csv", "v1", 10);
    makeFrom("a", 5, Map.of(day(3), List.of(made)), 3, 3);
    makeFrom("b", 6, Map.of(day(3), List.of()), 3, 3);
    assertEquals(Map.of(), ledger.sourceItems(JOB, day(3)));
    assertEquals(
        Map.of("x.csv", day(3)), ledger.firstSeen(JOB, Set.of("x.csv")), "a file that comes back");
  }

  @Test
  void manyItemsAreFoundAtOnce() {
    Map<String, Interval> items = new HashMap<>();
    for (int i = 0; i < 1201; i++) {
      items.put("f" + i, day(1 + i % 31));
    }
    ledger.see(JOB, items);
    assertEquals(items, ledger.firstSeen(JOB, items.keySet()));
    assertEquals(Map.of(), ledger.firstSeen("raw.other", items.keySet()));
    assertEquals(Map.of(), ledger.firstSeen(JOB, Set.of()));
  }

  @Test
  void quarantineCountsAreThoseOfTheAttemptThatMadeTheDay() {
    make("a", "d1", 5, 1, 2);
    make("b", "d1", 6, 2, 2);
    assertEquals(
        List.of(new QuarantineRow(JOB, day(1), "a", 1), new QuarantineRow(JOB, day(2), "b", 2)),
        ledger.quarantined(Optional.of(JOB)));
    assertEquals(2, ledger.quarantined(Optional.empty()).size());
    assertEquals(List.of(), ledger.quarantined(Optional.of("raw.other")));
  }

  @Test
  void aLeaseIsHeldByOneUntilItExpires() {
    Duration minute = Duration.ofMinutes(1);
    assertTrue(ledger.lease(JOB, "one", NOON, minute));
    assertFalse(ledger.lease(JOB, "two", NOON.plusSeconds(59), minute));
    assertTrue(ledger.lease("raw.sales", "two", NOON, minute));
    assertTrue(ledger.lease(JOB, "one", NOON.plusSeconds(30), minute), "renewed");
    assertFalse(ledger.lease(JOB, "two", NOON.plusSeconds(89), minute));
    assertEquals(Optional.of("one"), ledger.leaseHolder(JOB, NOON.plusSeconds(89)));
    assertEquals(Optional.empty(), ledger.leaseHolder(JOB, NOON.plusSeconds(90)));
    assertTrue(ledger.lease(JOB, "two", NOON.plusSeconds(90), minute));
    ledger.release(JOB, "one");
    assertEquals(Optional.of("two"), ledger.leaseHolder(JOB, NOON.plusSeconds(91)));
    ledger.release(JOB, "two");
    assertEquals(Optional.empty(), ledger.leaseHolder(JOB, NOON.plusSeconds(91)));
  }

  @Test
  void eachNewHolderOfALeaseHasAHigherToken() {
    Duration minute = Duration.ofMinutes(1);
    Lease first = ledger.take(JOB, "one", NOON, minute).orElseThrow();
    assertEquals(first, ledger.take(JOB, "one", NOON, minute).orElseThrow());
    ledger.release(JOB, "one");
    assertEquals(first, ledger.take(JOB, "one", NOON, minute).orElseThrow());
    ledger.release(JOB, "one");
    assertEquals(Optional.of("one"), ledger.lastHolder(JOB));

    Lease second = ledger.take(JOB, "two", NOON, minute).orElseThrow();

    assertEquals(new Lease(JOB, first.token() + 1, Optional.empty()), second);
    assertEquals(1, ledger.take("raw.sales", "two", NOON, minute).orElseThrow().token());
    assertFalse(ledger.renew(first, "one", NOON, minute));
    assertTrue(ledger.renew(second, "two", NOON, minute));
    assertEquals(Optional.of("two"), ledger.lastHolder(JOB));
  }

  @Test
  void aLeaseThatWasNeverGivenBackIsRememberedUntilTheTableIsFenced() {
    Duration minute = Duration.ofMinutes(1);
    Lease dead = ledger.take(JOB, "dead", NOON, minute).orElseThrow();
    assertTrue(ledger.renew(dead, "dead", NOON.plusSeconds(90), minute), "nobody else took it");

    Lease next = ledger.take(JOB, "next", NOON.plusSeconds(150), minute).orElseThrow();

    assertEquals(Optional.of("dead"), next.takenFrom());
    assertFalse(ledger.renew(dead, "dead", NOON.plusSeconds(151), minute));
    ledger.release(JOB, "next");
    Lease third = ledger.take(JOB, "third", NOON, minute).orElseThrow();
    assertEquals(Optional.of("dead"), third.takenFrom(), "still not fenced");
    ledger.fenced(next);
    assertEquals(third, ledger.take(JOB, "third", NOON, minute).orElseThrow());
    ledger.fenced(third);
    assertEquals(
        Optional.empty(), ledger.take(JOB, "third", NOON, minute).orElseThrow().takenFrom());
  }

  @Test
  void aTokenIsRaisedForItsHolderAlone() {
    Duration minute = Duration.ofMinutes(1);
    assertEquals(Optional.empty(), ledger.raise(JOB, "one", 41));
    Lease first = ledger.take(JOB, "one", NOON, minute).orElseThrow();
    assertEquals(Optional.empty(), ledger.raise(JOB, "two", 41));

    Lease raised = ledger.raise(JOB, "one", 41).orElseThrow();

    assertEquals(42, raised.token());
    assertTrue(raised.takenFrom().isPresent(), "The table is to know of it");
    assertFalse(ledger.renew(first, "one", NOON, minute));
    assertTrue(ledger.renew(raised, "one", NOON, minute));
  }

  @Test
  void whatAnotherLedgersDriversMayBeAtIsTakenFromThemUnderATokenAboveTheirs() {
    Duration minute = Duration.ofMinutes(1);
    Instant now = Instant.parse("2020-01-01T01:00:00Z");
    ledger.distrust(JOB, now);
    Lease first = ledger.take(JOB, "one", now, minute).orElseThrow();
    assertEquals(3601, first.token());
    assertTrue(first.takenFrom().isPresent());
    ledger.fenced(first);

    ledger.distrust(JOB, now);
    assertEquals(
        Optional.empty(),
        ledger.take(JOB, "one", now, minute).orElseThrow().takenFrom(),
        "a driver of ours is at it, and has seen to that");

    ledger.release(JOB, "one");
    ledger.distrust(JOB, now);
    Lease second = ledger.take(JOB, "two", now, minute).orElseThrow();
    assertEquals(3602, second.token());
    assertTrue(second.takenFrom().isPresent());
  }

  @Test
  void runsAndAttemptsAreKeptAsTheyWereTold() {
    RunRow first = new RunRow("r1", "run", "host-1", NOON, Optional.empty(), Optional.empty(), "");
    RunRow second = new RunRow("r2", "run", "host-1", NOON, Optional.empty(), Optional.empty(), "");
    ledger.runStarted(first);
    ledger.runStarted(second);
    ledger.runEnded("r1", NOON.plusSeconds(5), 3, "1 of 2 made");
    assertEquals(List.of(second), ledger.runs(1));
    RunRow ended =
        new RunRow(
            "r1",
            "run",
            "host-1",
            NOON,
            Optional.of(NOON.plusSeconds(5)),
            Optional.of(3),
            "1 of 2 made");
    assertEquals(List.of(second, ended), ledger.runs(9));

    AttemptRow open = attempt("a", days(1, 2));
    ledger.attemptStarted(open);
    ledger.attemptStarted(attempt("b", day(3)));
    assertEquals(open, ledger.openAttempts().get(0));
    ledger.attemptMade("a", NOON.plusSeconds(9), made("a", 1, 2));
    ledger.attemptFailed("b", NOON, "interrupted", "killed", IntervalSet.EMPTY);
    assertEquals(List.of(), ledger.openAttempts());
    AttemptRow made = ledger.attempts("run").get(0);
    assertEquals(Optional.of(5L), made.version());
    assertEquals(200, made.written());
    assertEquals(3, made.quarantined());
    assertEquals("interrupted", ledger.attempts("run").get(1).state());
    assertEquals(
        List.of("a"), ledger.attemptsAt(JOB, day(2), 9).stream().map(AttemptRow::id).toList());
  }

  @Test
  void anAttemptMakesSomeOfItsIntervalsAndFailsOthers() {
    ledger.attemptStarted(attempt("a", days(1, 4)));
    MadeFacts made =
        made("a", 1, 3).without(new MadeFacts.Refused(set(day(4)), "quality", "4: 1 row broke it"));
    ledger.attemptMade("a", NOON, made);
    ledger.attemptMade("a", NOON, made);
    assertEquals(set(days(1, 3)), ledger.facts(JOB).made());
    assertEquals(set(day(4)), ledger.facts(JOB).failed());
    AttemptRow row = ledger.attempts("run").get(0);
    assertEquals(
        List.of("made", "quality", "4: 1 row broke it"),
        List.of(row.state(), row.failureClass(), row.message()));
    assertEquals(set(days(1, 4)), row.intervals());
    assertEquals(set(days(1, 3)), row.published());
    assertEquals(set(day(4)), row.unpublished());

    ledger.attemptStarted(attempt("b", day(4)));
    ledger.attemptMade("b", NOON.plusSeconds(9), made("b", 4, 4));
    assertEquals(IntervalSet.EMPTY, ledger.facts(JOB).failed());
  }

  @Test
  void anAttemptWithAGapIsNotAtTheGap() {
    ledger.attemptStarted(
        AttemptRow.begun("a", "run", "t", JOB, set(day(1), day(5)), "d1", -1, NOON));
    assertEquals(List.of(), ledger.attemptsAt(JOB, days(2, 4), 9));
    assertEquals(1, ledger.attemptsAt(JOB, day(5), 9).size());
  }

  @Test
  void tasksStartAndEnd() {
    TaskRow task =
        new TaskRow(
            "t1", "run", JOB, set(day(1)), "missing", NOON, Optional.empty(), "running", "");
    ledger.taskStarted(task);
    ledger.taskStarted(task);
    assertEquals(List.of(task), ledger.tasks("run"));
    ledger.taskEnded("t1", NOON.plusSeconds(7), "failed", "no such column");
    TaskRow ended = ledger.tasks("run").get(0);
    assertEquals("failed", ended.state());
    assertEquals("no such column", ended.message());
    assertEquals(Optional.of(NOON.plusSeconds(7)), ended.endedAt());
    assertEquals(List.of(), ledger.tasks("other"));
  }

  @Test
  void whatIsDoneTogetherIsDoneOrNot() {
    assertThrows(
        IllegalStateException.class,
        () ->
            ledger.together(
                () -> {
                  make("a", "d1", 5, 1, 3);
                  assertEquals(set(days(1, 3)), facts().made(), "it sees what it has done");
                  throw new IllegalStateException("killed");
                }));
    assertEquals(Map.of(), ledger.facts());
    ledger.together(
        () -> {
          make("a", "d1", 5, 1, 3);
          make("b", "d1", 6, 4, 4);
        });
    assertEquals(set(days(1, 4)), facts().made());
  }

  @Test
  void whatWasAcceptedLongAgoTakesNothingFromWhatWasMadeSince() {
    make("a", "d1", 7, 1, 2);
    Accepted old =
        new Accepted(
            "accept-1", JOB, set(days(2, 4)), "d0", "lost", NOON.minusSeconds(60), 6, Map.of());
    ledger.accept(old);
    ledger.accept(old);
    assertEquals(set(days(1, 4)), facts().made());
    assertEquals(
        List.of("a", "accept-1"),
        ledger.attemptsAt(JOB, day(2), 9).stream().map(AttemptRow::id).sorted().toList());
    assertEquals(
        List.of("accept-1", "a"), ledger.published(JOB).stream().map(AttemptRow::id).toList());
  }

  @Test
  void aReceiptThatIsEnteredLateTakesNothingFromWhatWasMadeSince() {
    make("new", "d2", 9, 2, 2);
    ledger.attemptMade("lost", NOON.minusSeconds(60), made("lost", "d1", 8, 1, 2));
    assertEquals(set(days(1, 2)), facts().made());
    assertEquals(
        List.of("lost", "new"),
        ledger.quarantined(Optional.of(JOB)).stream().map(QuarantineRow::attempt).toList());
  }

  @Test
  void ofWhatLandedWhenItWasGivenUpOnlyWhatLiesBeforeLaterOnesCounts() {
    ledger.attemptStarted(attempt("a", days(1, 4), NOON.minusSeconds(9)));
    ledger.attemptFailed("a", NOON, "transient", "no answer", IntervalSet.EMPTY);
    make("b", "d1", 6, 2, 3);
    ledger.attemptMade("a", NOON, made("a", "d1", 5, 1, 4));
    assertEquals(set(days(1, 3)), facts().made());
    assertEquals("made", ledger.attempt("a").orElseThrow().state());
  }

  @Test
  void nothingCountsThatIsEnteredLateAndWasTakenBackSince() {
    ledger.attemptStarted(attempt("a", days(1, 2), NOON.minusSeconds(9)));
    ledger.attemptStarted(attempt("b", days(3, 4)));
    MadeFacts b = made("b", "d1", 6, 3, 4);
    Receipt receipt = b.receipt();
    Receipt anew =
        new Receipt(
            receipt.lake(),
            receipt.job(),
            receipt.run(),
            receipt.attempt(),
            receipt.definition(),
            receipt.reads(),
            receipt.made(),
            receipt.sources(),
            receipt.asked(),
            true,
            Optional.empty());
    ledger.attemptMade("b", NOON, new MadeFacts(anew, 6, Map.of(), Map.of(), Map.of()));
    ledger.attemptMade("a", NOON, made("a", "d1", 5, 1, 2));
    assertEquals(set(days(3, 4)), facts().made());
  }

  @Test
  void openRunsAreFoundHoweverOld() {
    RunRow run = new RunRow("r1", "run", "here/1", NOON, Optional.empty(), Optional.empty(), "");
    ledger.runStarted(run);
    assertEquals(List.of(run), ledger.openRuns());
    assertEquals(Optional.of(run), ledger.run("r1"));
    ledger.runEnded("r1", NOON, 0, "done");
    assertEquals(List.of(), ledger.openRuns());
    assertEquals(Optional.empty(), ledger.run("r2"));
  }

  private void makeFrom(
      String id, long version, Map<Interval, List<SourceItem>> items, int first, int last) {
    ledger.attemptStarted(attempt(id, days(first, last)));
    MadeFacts made = made(id, "d1", version, first, last);
    ledger.attemptMade(id, NOON, new MadeFacts(made.receipt(), version, items, Map.of(), Map.of()));
  }
}
