package io.sluice.run;

import static io.sluice.run.Lakes.DAILY;
import static io.sluice.run.Lakes.FACT;
import static io.sluice.run.Lakes.PRODUCT;
import static io.sluice.run.Lakes.RATES;
import static io.sluice.run.Lakes.SALES;
import static io.sluice.run.Lakes.day;
import static io.sluice.run.Lakes.days;
import static io.sluice.run.Lakes.follower;
import static io.sluice.run.Lakes.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.plan.PlannedTask;
import io.sluice.plan.Reason;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoardTest {

  @Test
  void aReaderWaitsForWhatItReadsOnly() {
    Board board = board(task(SALES, 1, 2), task(SALES, 3, 4), task(FACT, 1, 2));
    assertEquals(Optional.of(task(SALES, 1, 2)), board.next().task());
    assertEquals(Optional.empty(), board.next().task());
    board.made(SALES, days(1, 2));
    board.isStored(SALES);
    assertEquals(Optional.of(task(SALES, 3, 4)), board.next().task());
    assertEquals(Optional.of(task(FACT, 1, 2)), board.next().task());
    assertEquals(Optional.empty(), board.next().task());
  }

  @Test
  void theTaskThatCreatesATableIsAlone() {
    Board board = board(task(SALES, 1, 1), task(SALES, 2, 2));
    board.next();
    assertEquals(Optional.empty(), board.next().task());
    board.isStored(SALES);
    assertEquals(Optional.of(task(SALES, 2, 2)), board.next().task());
  }

  @Test
  void anOrderedJobIsWorkedAtByOneTaskInOrder() {
    Board board = board(task(PRODUCT, 1, 1), task(PRODUCT, 2, 2));
    board.isStored(PRODUCT);
    assertEquals(Optional.of(task(PRODUCT, 1, 1)), board.next().task());
    assertEquals(Optional.empty(), board.next().task());
    board.made(PRODUCT, days(1, 1));
    board.ended(PRODUCT);
    assertEquals(Optional.of(task(PRODUCT, 2, 2)), board.next().task());
  }

  @Test
  void aBatchIsCutAroundWhatItCannotHave() {
    Board board = board(task(SALES, 1, 9), task(FACT, 1, 9));
    board.next();
    board.lost(SALES, days(3, 3), "raw.sales 2011-03-03 failed");
    board.lost(SALES, days(7, 8), "raw.sales 2011-03-07 .. 2011-03-08 failed");
    board.made(SALES, List.of(day(1), day(2), day(4), day(5), day(6), day(9)));
    board.ended(SALES);
    Board.Turn turn = board.next();
    assertEquals(Optional.of(task(FACT, 1, 2)), turn.task());
    assertEquals(
        List.of(
            new Board.Loss(task(FACT, 3, 3), false, "raw.sales 2011-03-03 failed"),
            new Board.Loss(task(FACT, 7, 8), false, "raw.sales 2011-03-07 .. 2011-03-08 failed")),
        turn.losses());
    board.isStored(FACT);
    assertEquals(Optional.of(task(FACT, 4, 6)), board.next().task());
    assertEquals(Optional.of(task(FACT, 9, 9)), board.next().task());
  }

  @Test
  void aLossReachesAsFarAsTheLookback() {
    Board board = board(task(RATES, 3, 3), task(FACT, 1, 12));
    board.next();
    board.lost(RATES, days(3, 3), "no rate");
    board.ended(RATES);
    Board.Turn turn = board.next();
    assertEquals(Optional.of(task(FACT, 1, 2)), turn.task());
    assertEquals(days(3, 10), turn.losses().get(0).part().intervals());
  }

  @Test
  void aLossGoesDownTheChainWithItsFirstCause() {
    Board board = board(task(SALES, 3, 3), task(FACT, 3, 3), task(DAILY, 3, 3));
    board.next();
    board.lost(SALES, days(3, 3), "raw.sales 2011-03-03 failed");
    board.ended(SALES);
    Board.Turn turn = board.next();
    assertEquals(Optional.empty(), turn.task());
    assertEquals(
        List.of(
            new Board.Loss(task(FACT, 3, 3), false, "raw.sales 2011-03-03 failed"),
            new Board.Loss(task(DAILY, 3, 3), false, "raw.sales 2011-03-03 failed")),
        turn.losses());
    assertTrue(board.isDone());
  }

  @Test
  void whatAnOrderedJobCannotHaveHoldsWhatComesLater() {
    Board board = board(task(SALES, 4, 4), task(PRODUCT, 1, 9), task(PRODUCT, 10, 12));
    board.next();
    board.lost(SALES, days(4, 4), "bad");
    board.ended(SALES);
    Board.Turn turn = board.next();
    assertEquals(Optional.of(task(PRODUCT, 1, 3)), turn.task());
    assertEquals(
        List.of(
            new Board.Loss(task(PRODUCT, 4, 4), false, "bad"),
            new Board.Loss(task(PRODUCT, 5, 9), true, "bad"),
            new Board.Loss(task(PRODUCT, 10, 12), true, "bad")),
        turn.losses());
    board.made(PRODUCT, days(1, 3));
    board.ended(PRODUCT);
    assertTrue(board.isDone());
  }

  @Test
  void whatAnotherDriverHoldsIsAskedForOnceAfterEachStir() {
    Board board = board(task(SALES, 1, 1));
    board.next();
    assertTrue(board.setAside(SALES, List.of(task(SALES, 1, 1)), "far/17"));
    assertEquals(Optional.empty(), board.next().task());
    board.stir();
    assertEquals(Optional.of(task(SALES, 1, 1)), board.next().task());
    assertFalse(board.setAside(SALES, List.of(task(SALES, 1, 1)), "far/17"));
    assertEquals(Optional.empty(), board.next().task());
    assertFalse(board.isDone());
  }

  @Test
  void whatFollowsAnInputThatIsAsItWasIsNotMadeAndNeitherIsWhatFollowsThat() {
    Board board = board(task(SALES, 1, 3), follower(FACT, 1, 3), follower(DAILY, 1, 3));
    board.next();
    board.madeAsBefore(SALES, days(1, 3));
    board.ended(SALES);
    Board.Turn turn = board.next();
    assertEquals(Optional.empty(), turn.task());
    assertEquals(
        List.of(
            new Board.Idle(follower(FACT, 1, 3), "raw.sales has the rows that it had"),
            new Board.Idle(follower(DAILY, 1, 3), "analysis.fact_sale has the rows that it had")),
        turn.idle());
    assertTrue(board.isDone());
  }

  @Test
  void onlyWhatReadsWhatIsOtherIsMade() {
    Board board = board(task(SALES, 1, 9), task(RATES, 1, 1), follower(FACT, 1, 20));
    board.isStored(SALES);
    board.next();
    board.next();
    board.made(SALES, days(3, 4));
    board.madeAsBefore(SALES, days(1, 2));
    board.madeAsBefore(SALES, days(5, 9));
    board.madeAsBefore(RATES, days(1, 1));
    Board.Turn turn = board.next();
    assertEquals(Optional.of(follower(FACT, 3, 4)), turn.task());
    assertEquals(
        List.of(follower(FACT, 1, 2), follower(FACT, 5, 20)),
        turn.idle().stream().map(Board.Idle::part).toList());
    assertEquals(Optional.empty(), board.next().task());
  }

  @Test
  void aChangeThatIsReadByALookbackIsFollowed() {
    Board board = board(task(RATES, 2, 2), follower(FACT, 1, 20));
    board.next();
    board.made(RATES, days(2, 2));
    assertEquals(Optional.of(follower(FACT, 2, 9)), board.next().task());
  }

  @Test
  void whatHasAReasonOfItsOwnIsMadeWhateverBecomesOfItsInput() {
    PlannedTask fact =
        new PlannedTask(
            FACT,
            Cadence.DAY,
            days(1, 4),
            Map.of(Reason.UPSTREAM, "", Reason.MISSING, ""),
            IntervalSet.of(days(1, 3)));
    Board board = board(task(SALES, 1, 4), fact);
    board.next();
    board.madeAsBefore(SALES, days(1, 4));
    Board.Turn turn = board.next();
    assertEquals(days(4, 4), turn.task().orElseThrow().intervals());
    assertEquals(days(1, 3), turn.idle().get(0).part().intervals());
  }

  @Test
  void whatWouldFallIntoManyPartsIsMadeInOne() {
    Board board = board(task(SALES, 1, 31), follower(FACT, 1, 31));
    board.next();
    board.made(SALES, List.of(day(3), day(5), day(7), day(9), day(11)));
    board.madeAsBefore(SALES, days(12, 31));
    for (int other : List.of(1, 2, 4, 6, 8, 10)) {
      board.madeAsBefore(SALES, days(other, other));
    }
    assertEquals(Optional.of(follower(FACT, 3, 11)), board.next().task());
  }

  @Test
  void anOrderedJobIsMadeFromTheFirstThatIsOther() {
    Board board = board(task(SALES, 1, 9), follower(PRODUCT, 1, 4), follower(PRODUCT, 5, 9));
    board.isStored(PRODUCT);
    board.next();
    board.madeAsBefore(SALES, days(1, 2));
    board.made(SALES, days(3, 3));
    board.madeAsBefore(SALES, days(4, 9));
    Board.Turn turn = board.next();
    assertEquals(Optional.of(follower(PRODUCT, 3, 4)), turn.task());
    assertEquals(follower(PRODUCT, 1, 2), turn.idle().get(0).part());
    board.madeAsBefore(PRODUCT, days(3, 4));
    board.ended(PRODUCT);
    assertEquals(Optional.of(follower(PRODUCT, 5, 9)), board.next().task());
  }

  @Test
  void spansKnowTheFirstThatOverlaps() {
    Spans spans = new Spans();
    spans.put(day(3), "three");
    spans.put(day(5), "five");
    assertEquals(Optional.of("three"), spans.firstIn(day(1).span(day(9))));
    assertEquals(Optional.of("five"), spans.firstIn(day(4).span(day(5))));
    assertEquals(Optional.empty(), spans.firstIn(day(4)));
    assertEquals(Optional.of("three"), spans.firstIn(Interval.ALWAYS));
    assertTrue(spans.startsBefore(day(4).from()));
    assertFalse(spans.startsBefore(day(3).from()));
  }

  private static Board board(PlannedTask... tasks) {
    return new Board(Lakes.retail(4), List.of(tasks));
  }
}
