package io.sluice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.deltalog.Receipt;
import io.sluice.lake.Job;
import io.sluice.testing.Jobs;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PublishingTest {
  private static final IllegalStateException LOST = new IllegalStateException("no answer");

  private final Deque<Supplier<OptionalLong>> log = new ArrayDeque<>();

  @Test
  void whatIsAnsweredIsBelieved() {
    assertEquals(3, version(publishing(() -> 3).publish()));
  }

  @Test
  void aCommitWhoseAnswerWasLostIsFoundInTheLog() {
    log.add(() -> OptionalLong.of(4));
    assertEquals(4, version(publishing(PublishingTest::lost).publish()));
  }

  @Test
  void whatIsNotInTheLogHasFailed() {
    log.add(OptionalLong::empty);
    assertSame(
        LOST,
        assertThrows(
            IllegalStateException.class, () -> publishing(PublishingTest::lost).publish()));
  }

  @Test
  void whereTheLogIsSilentTooItIsAskedLater() {
    log.add(PublishingTest::silent);
    log.add(PublishingTest::silent);
    log.add(() -> OptionalLong.of(5));
    Outcome.Unknown unknown =
        assertInstanceOf(Outcome.Unknown.class, publishing(PublishingTest::lost).publish());
    assertEquals("raw.sales: no answer", unknown.message());
    assertThrows(IllegalStateException.class, () -> unknown.ask().get());
    assertEquals(5, version(unknown.ask().get()));
  }

  @Test
  void whatTurnsOutNotToBeThereMayBeTriedAgain() {
    log.add(PublishingTest::silent);
    log.add(OptionalLong::empty);
    Outcome.Unknown unknown =
        assertInstanceOf(Outcome.Unknown.class, publishing(PublishingTest::lost).publish());
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, unknown.ask().get());
    assertEquals(FailureClass.TRANSIENT, failed.kind());
  }

  @Test
  void aTableThatStartsAnewDoesSoOnceThoughItsFirstCommitGaveNoAnswer() {
    TaskOrder order =
        new TaskOrder(
            Jobs.csv("raw.sales").build(), Jobs.days("2011-01-01", "2011-01-02"), "r", "a");
    Deque<Boolean> anew = new ArrayDeque<>();
    log.add(PublishingTest::silent);
    log.add(() -> OptionalLong.of(0));
    MadeAnew maker = anew(order, anew);
    Outcome.Unknown unknown = assertInstanceOf(Outcome.Unknown.class, maker.make(order));
    assertInstanceOf(Outcome.Made.class, unknown.ask().get());
    log.add(() -> OptionalLong.of(1));
    maker.make(order);
    assertEquals(List.of(true, false), List.copyOf(anew));
  }

  @Test
  void whatAnotherTaskMadeAnewIsKnownBeforeTheNextBegins() {
    TaskOrder order =
        new TaskOrder(
            Jobs.csv("raw.sales").build(), Jobs.days("2011-01-01", "2011-01-02"), "r", "a");
    Deque<Boolean> anew = new ArrayDeque<>();
    MadeAnew maker = anew(order, anew);
    log.add(PublishingTest::silent);
    assertInstanceOf(Outcome.Unknown.class, maker.make(order));
    log.add(PublishingTest::silent);
    Outcome.Failed waits = assertInstanceOf(Outcome.Failed.class, maker.make(order));
    assertEquals(FailureClass.TRANSIENT, waits.kind());
    assertEquals(List.of(true), List.copyOf(anew));
    log.add(() -> OptionalLong.of(0));
    log.add(() -> OptionalLong.of(1));
    assertEquals(1, version(maker.make(order)));
    assertEquals(List.of(true, false), List.copyOf(anew));
  }

  private MadeAnew anew(TaskOrder order, Deque<Boolean> anew) {
    return new MadeAnew(
        new TaskMaker() {
          @Override
          public Outcome make(TaskOrder one) {
            anew.add(one.rebuild());
            return publishing(PublishingTest::lost).publish();
          }

          @Override
          public boolean fence(Job job, long token) {
            return true;
          }

          @Override
          public boolean isOver() {
            return false;
          }

          @Override
          public void cancel(String attempt) {}
        },
        Set.of(order.job().name()));
  }

  private Publishing publishing(LongSupplier commit) {
    return new Publishing(
        commit,
        () -> log.remove().get(),
        version ->
            new Outcome.Made(
                new Receipt("retail", "raw.sales", "r", "a", "d", Map.of(), List.of()),
                version,
                Map.of(),
                List.of()),
        failure -> "raw.sales: " + failure.getMessage());
  }

  private static long version(Outcome outcome) {
    return assertInstanceOf(Outcome.Made.class, outcome).version();
  }

  private static long lost() {
    throw LOST;
  }

  private static OptionalLong silent() {
    throw new IllegalStateException("S3 is away");
  }
}
