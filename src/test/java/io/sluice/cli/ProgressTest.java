package io.sluice.cli;

import static io.sluice.cli.FakeEngine.SALES;
import static io.sluice.cli.FakeEngine.day;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.plan.PlannedTask;
import io.sluice.plan.Reason;
import io.sluice.testing.SettableClock;
import io.sluice.time.Cadence;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final PlannedTask DAYS =
      new PlannedTask(SALES, Cadence.DAY, List.of(day(1), day(2)), Map.of(Reason.MISSING, ""));
  private static final PlannedTask BAD =
      new PlannedTask(SALES, Cadence.DAY, List.of(day(3)), Map.of(Reason.MISSING, ""));

  private final StringWriter text = new StringWriter();
  private final SettableClock clock = new SettableClock(Instant.parse("2011-01-06T12:00:00Z"));

  @Test
  void awayFromATerminalEachThingIsALine() {
    aRun(new Progress(new PrintWriter(text), false, clock));

    assertEquals(
        """
        2 tasks, 3 intervals to make
        made raw.sales 2011-01-01 .. 2011-01-02: 2,500 rows, 3 quarantined, 4.1s
        warning: raw.sales 2011-01-01 .. 2011-01-02: 7 rows have no price
        raw.sales 2011-01-03: connection reset (transient): again in 5 s
        raw.sales 2011-01-03: the same again (transient): again in 10 s
        FAILED raw.sales 2011-01-03 (definite): no column Price
        """,
        text.toString());
  }

  @Test
  void onATerminalOneLineIsDrawnAnewAndFailuresStay() {
    aRun(new Progress(new PrintWriter(text), true, clock));

    String screen = afterControls(text.toString());
    assertTrue(
        screen.contains("FAILED raw.sales 2011-01-03 (definite): no column Price\n"), screen);
    assertTrue(
        text.toString().contains("3 of 3 intervals, 1 failed, 2,500 rows, 1m05s"), text.toString());
    assertTrue(text.toString().contains("now raw.sales 2011-01-03"), text.toString());
    assertTrue(screen.endsWith("\n"), "the line is gone at the end: " + screen);
  }

  private void aRun(Progress progress) {
    try (progress) {
      progress.started(2, 3);
      progress.taskStarted(DAYS);
      progress.made(DAYS, 2500, 3, List.of("7 rows have no price"), Duration.ofMillis(4100));
      progress.taskStarted(BAD);
      progress.triedAgain(BAD, "transient", "connection reset", "again in 5 s");
      progress.taskStarted(BAD);
      progress.triedAgain(BAD, "transient", "connection reset", "again in 10 s");
      progress.taskStarted(BAD);
      clock.advance(Duration.ofSeconds(65));
      progress.failed(BAD, "definite", "no column Price");
    }
  }

  /** What is left to read once the terminal has erased what it was told to. */
  private static String afterControls(String written) {
    return written.replaceAll("[^\n\r]*\r\u001b\\[2K", "");
  }

  @Test
  void longTimesAreShort() {
    assertEquals("0.0s", Progress.elapsed(Duration.ZERO));
    assertEquals("59.9s", Progress.elapsed(Duration.ofMillis(59_900)));
    assertEquals("1m00s", Progress.elapsed(Duration.ofMinutes(1)));
    assertEquals("2h03m", Progress.elapsed(Duration.ofMinutes(123)));
  }
}
