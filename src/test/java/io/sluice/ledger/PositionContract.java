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
import static io.sluice.ledger.Days.touching;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every ledger promises of positions: no change of an input is ever missed. */
abstract class PositionContract extends LedgerContract {

  private Optional<Long> position() {
    return Optional.ofNullable(facts().positions().get(INPUT));
  }

  private void at(long position) {
    ledger.advance(JOB, INPUT, position(), position, List.of());
  }

  @Test
  void aTaskThatReadOnMarksOthersAndNotItself() {
    make("a", "d1", 5, 1, 4);
    at(6);
    ledger.attemptStarted(attempt("b", day(1)));
    ledger.attemptMade(
        "b", NOON, touching(made("b", "d1", 6, 1, 1), 6, 7, changed(days(1, 2)), changed(day(20))));
    assertEquals(Optional.of(7L), position());
    assertEquals(List.of(changed(day(2))), facts().stale());
  }

  @Test
  void theFirstTaskSetsThePosition() {
    ledger.attemptStarted(attempt("a", day(1)));
    ledger.attemptMade("a", NOON, touching(made("a", 1, 1), -1, 7));
    assertEquals(Optional.of(7L), position());
  }

  @Test
  void twoTasksThatReadTheSameVersionDoNotMarkEachOther() {
    make("a", "d1", 5, 1, 2);
    at(6);
    ledger.attemptStarted(attempt("b", day(1)));
    ledger.attemptStarted(attempt("c", day(2)));
    ledger.attemptMade("b", NOON, touching(made("b", "d1", 6, 1, 1), 6, 7, changed(days(1, 2))));
    assertEquals(List.of(changed(day(2))), facts().stale());
    ledger.attemptMade("c", NOON, touching(made("c", "d1", 7, 2, 2), 6, 7, changed(days(1, 2))));
    assertEquals(List.of(), facts().stale());
    assertEquals(Optional.of(7L), position());
  }

  @Test
  void aTaskThatOthersOvertookMustLookAgain() {
    make("a", "d1", 5, 1, 2);
    at(6);
    ledger.attemptStarted(attempt("b", day(1)));
    at(9);
    StalePosition stale =
        assertThrows(
            StalePosition.class,
            () -> ledger.attemptMade("b", NOON, touching(made("b", 1, 1), 6, 7)));
    assertEquals(Map.of(INPUT, 9L), stale.positions());
    assertEquals(1, ledger.openAttempts().size(), "nothing was written");

    ledger.attemptMade(
        "b", NOON, touching(made("b", "d1", 6, 1, 1), 9, 7, changed(day(1)), changed(day(2))));
    assertEquals(List.of(changed(day(1))), facts().stale(), "its own, read before the change");
    assertEquals(Optional.of(9L), position());
    assertEquals(List.of(), ledger.openAttempts());
  }

  @Test
  void aTaskThatOthersPartlyOvertookMustLookAgain() {
    make("a", "d1", 5, 1, 2);
    at(6);
    ledger.attemptStarted(attempt("b", day(1)));
    at(7);
    assertThrows(
        StalePosition.class,
        () -> ledger.attemptMade("b", NOON, touching(made("b", 1, 1), 6, 8, changed(day(2)))));
    assertEquals(List.of(), facts().stale());
    ledger.attemptMade("b", NOON, touching(made("b", "d1", 6, 1, 1), 7, 8));
    assertEquals(Optional.of(8L), position());
    assertEquals(List.of(), facts().stale());
  }

  @Test
  void aPositionThatIsBehindStaysBehind() {
    make("a", "d1", 5, 1, 2);
    at(3);
    ledger.attemptStarted(attempt("b", day(1)));
    ledger.attemptMade("b", NOON, touching(made("b", "d1", 6, 1, 1), 6, 8, changed(day(2))));
    assertEquals(Optional.of(3L), position());
    assertEquals(List.of(changed(day(2))), facts().stale());
  }

  @Test
  void theOwnLogIsFollowedWhileNobodyElseWritesIt() {
    make("a", "d1", 0, 1, 1);
    make("b", "d1", 1, 2, 2);
    assertEquals(1, facts().positions().get(JOB));
    make("d", "d1", 3, 3, 3);
    assertEquals(1, facts().positions().get(JOB), "version 2 is to be read");
  }

  @Test
  void tellingAnAttemptTwiceChangesNothing() {
    make("a", "d1", 5, 1, 2);
    ledger.advance(JOB, INPUT, Optional.empty(), 8, List.of(changed(day(1))));
    ledger.attemptMade("a", NOON.plusSeconds(60), made("a", 1, 2));
    assertEquals(List.of(changed(day(1))), facts().stale());
    assertEquals(Optional.of(NOON), ledger.attempts("run").get(0).endedAt());
  }

  @Test
  void aReceiptWithoutItsAttemptIsEntered() {
    ledger.attemptMade("lost", NOON, made("lost", 1, 2));
    assertEquals(set(days(1, 2)), facts().made());
    AttemptRow entered = ledger.attempts("run").get(0);
    assertEquals("lost", entered.id());
    assertEquals("made", entered.state());
    assertEquals(Optional.of(5L), entered.version());
  }

  @Test
  void anOldAttemptSettledLateDoesNotHideANewerOne() {
    ledger.attemptStarted(attempt("old", days(1, 2)));
    ledger.attemptStarted(attempt("new", day(2), NOON.plusSeconds(60)));
    ledger.attemptMade("new", NOON, made("new", "d2", 9, 2, 2));
    ledger.attemptMade("old", NOON, made("old", "d1", 8, 1, 2));
    assertEquals(set(days(1, 2)), facts().made());
    assertEquals(
        List.of("old", "new"),
        ledger.quarantined(Optional.of(JOB)).stream().map(QuarantineRow::attempt).toList());
  }

  @Test
  void aTableMadeAnewMayStartItsVersionsAgain() {
    make("a", "d1", 50, 1, 1);
    ledger.attemptStarted(attempt("b", day(1), NOON.plusSeconds(60)));
    ledger.attemptMade("b", NOON, made("b", "d2", 0, 1, 1));
    assertEquals(Optional.of("d2"), facts().definition());
    assertFalse(ledger.quarantined(Optional.of(JOB)).isEmpty());
    assertEquals("b", ledger.quarantined(Optional.of(JOB)).get(0).attempt());
  }
}
