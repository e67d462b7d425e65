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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every ledger promises to many threads, each with a connection of its own or a shared one.
 */
abstract class ConcurrencyContract extends PositionContract {

  private static final int MANY = 8;

  private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(work)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private <T> List<T> fromManyConnections(Work<T> work) throws Exception {
    List<Ledger> ledgers = new ArrayList<>();
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        Ledger own = i % 2 == 0 ? ledger : open();
        if (own != ledger) {
          ledgers.add(own);
        }
        int number = i;
        calls.add(() -> work.with(own, number));
      }
      return atOnce(calls);
    } finally {
      ledgers.forEach(Ledger::close);
    }
  }

  private interface Work<T> {
    T with(Ledger ledger, int number);
  }

  @Test
  void oneOfManyGetsTheLease() throws Exception {
    List<Boolean> got =
        fromManyConnections(
            (own, number) -> own.lease(JOB, "holder-" + number, NOON, Duration.ofMinutes(1)));
    assertEquals(1, got.stream().filter(taken -> taken).count());
  }

  @Test
  void daysMadeAtTheSameTimeAreAllKept() throws Exception {
    fromManyConnections(
        (own, number) -> {
          for (int i = 0; i < 3; i++) {
            int day = 1 + i * MANY + number;
            String id = "a" + day;
            own.attemptStarted(attempt(id, day(day)));
            own.attemptMade(id, NOON, made(id, "d1", day, day, day));
          }
          return true;
        });
    assertEquals(List.of(days(1, 3 * MANY)), facts().made().ranges());
    assertEquals(3 * MANY, ledger.quarantined(Optional.of(JOB)).size());
    assertEquals(List.of(), ledger.openAttempts());
  }

  @Test
  void aPositionIsMovedByOne() throws Exception {
    make("a", "d1", 5, 1, 31);
    List<Boolean> moved =
        fromManyConnections(
            (own, number) ->
                own.advance(
                    JOB, INPUT, Optional.empty(), number, List.of(changed(day(1 + number)))));
    assertEquals(1, moved.stream().filter(done -> done).count());
    assertEquals(1, facts().stale().size());
  }

  @Test
  void itemsSeenAtTheSameTimeAreSeenOnce() throws Exception {
    fromManyConnections(
        (own, number) -> {
          own.see(JOB, Map.of("x.csv", day(1 + number)));
          return true;
        });
    var first = ledger.firstSeen(JOB, Set.of("x.csv"));
    ledger.see(JOB, Map.of("x.csv", day(1)));
    assertEquals(first, ledger.firstSeen(JOB, Set.of("x.csv")));
    assertEquals(1, first.size());
  }

  @Test
  void aReaderSeesWhatAnotherConnectionWrote() {
    try (Ledger other = open()) {
      make("a", "d1", 5, 1, 2);
      assertEquals(ledger.facts(), other.facts());
      assertEquals(set(days(1, 2)), facts().made());
    }
  }
}
