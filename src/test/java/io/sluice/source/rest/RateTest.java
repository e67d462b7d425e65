package io.sluice.source.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateTest {
  private final long[] now = {0};
  private final List<Long> slept = new ArrayList<>();

  private void sleep(Duration pause) {
    slept.add(pause.toMillis());
    now[0] += pause.toNanos();
  }

  @Test
  void requestsAreSoFarApartAndIdleTimeIsNotSavedUp() throws InterruptedException {
    Rate rate = new Rate(5, () -> now[0]);
    rate.await(this::sleep);
    rate.await(this::sleep);
    now[0] += Duration.ofMillis(50).toNanos();
    rate.await(this::sleep);
    now[0] += Duration.ofHours(1).toNanos();
    rate.await(this::sleep);
    rate.await(this::sleep);
    assertEquals(List.of(200L, 150L, 200L), slept);
  }

  @Test
  void theMostCarefulOneDecides() throws InterruptedException {
    Rate rate = new Rate(5, () -> now[0]);
    rate.slowTo(2);
    rate.slowTo(10);
    rate.await(this::sleep);
    rate.await(this::sleep);
    assertEquals(List.of(500L), slept);
  }

  @Test
  void oneApiHasOneRate() {
    assertSame(Rate.shared("https://a:443", 5), Rate.shared("https://a:443", 2));
    assertNotSame(Rate.shared("https://a:443", 5), Rate.shared("https://b:443", 5));
  }
}
