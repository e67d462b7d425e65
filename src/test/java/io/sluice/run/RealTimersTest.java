package io.sluice.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RealTimersTest {

  @Test
  void whatThrowsOnceIsDoneAgain() throws Exception {
    CountDownLatch twice = new CountDownLatch(2);
    try (RealTimers timers = new RealTimers()) {
      timers.every(
          Duration.ofMillis(1),
          () -> {
            twice.countDown();
            throw new IllegalStateException("no");
          });
      TestRun.await(twice);
    }
  }

  @Test
  void whatIsClosedIsNotDone() throws Exception {
    AtomicInteger done = new AtomicInteger();
    CountDownLatch after = new CountDownLatch(1);
    try (RealTimers timers = new RealTimers()) {
      timers.after(Duration.ofMillis(5), done::incrementAndGet).close();
      timers.after(Duration.ofMillis(20), after::countDown);
      TestRun.await(after);
    }
    assertEquals(0, done.get());
  }

  @Test
  void aPauseEndsWhenItIsWoken() throws Exception {
    CountDownLatch woken = new CountDownLatch(1);
    woken.countDown();
    Pace.Pause.REAL.await(woken, Duration.ofDays(1));
    assertEquals(0, woken.getCount());
  }
}
