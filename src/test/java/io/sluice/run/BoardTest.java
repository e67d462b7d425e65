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
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.plan.PlannedTask;
import io.sluice.time.Interval;
import java.util.List;
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
