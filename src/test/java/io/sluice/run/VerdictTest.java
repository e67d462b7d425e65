package io.sluice.run;

import static io.sluice.run.Lakes.FACT;
import static io.sluice.run.Lakes.SALES;
import static io.sluice.run.Lakes.day;
import static io.sluice.run.Lakes.task;
import static io.sluice.run.TestRun.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.plan.Plan;
import io.sluice.plan.PlannedTask;
import io.sluice.task.FailureClass;
import io.sluice.time.Cadence;
import io.sluice.time.IntervalSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final PlannedTask ONE = task(SALES, 4, 4);
  private static final RunEvent MADE =
      new RunEvent.TaskMade(NOW, ONE, "a", 10, 0, List.of(), Duration.ZERO);
  private static final RunEvent ELSEWHERE = new RunEvent.MadeElsewhere(NOW, ONE);
  private static final RunEvent BAD_DATA = failed(FailureClass.QUALITY, "6 of 10 rows are bad.");
  private static final RunEvent BROKEN = failed(FailureClass.TRANSIENT, "the server says 503");
  private static final RunEvent SKIPPED =
      new RunEvent.Skipped(NOW, ONE, "raw.sales 2011-03-04 failed");
  private static final RunEvent THEIRS = new RunEvent.HeldElsewhere(NOW, ONE, "far/17");
  private static final RunEvent STOPPED = new RunEvent.Cancelled(NOW, ONE);

  @Test
  void allMadeIsZeroWhoeverMadeIt() {
    assertEquals(0, exit(MADE, ELSEWHERE));
    assertEquals(0, exit());
  }

  @Test
  void noneMadeIsOneAndSomeIsThree() {
    assertEquals(1, exit(BROKEN, SKIPPED));
    assertEquals(3, exit(MADE, BROKEN, SKIPPED));
    assertEquals(3, exit(ELSEWHERE, BROKEN));
  }

  @Test
  void badDataAloneIsFive() {
    assertEquals(5, exit(BAD_DATA, SKIPPED));
    assertEquals(5, exit(MADE, BAD_DATA));
    assertEquals(3, exit(MADE, BAD_DATA, BROKEN));
    assertEquals(1, exit(BAD_DATA, BROKEN));
    assertEquals(3, exit(MADE, BAD_DATA, THEIRS));
  }

  @Test
  void nothingButAnotherDriversIsFour() {
    assertEquals(4, exit(THEIRS, SKIPPED));
    assertEquals(3, exit(MADE, THEIRS));
    assertEquals(1, exit(THEIRS, BROKEN));
  }

  @Test
  void aStopIsOneOrThree() {
    assertEquals(1, exit(STOPPED));
    assertEquals(3, exit(MADE, STOPPED));
    assertEquals(1, exit(BAD_DATA, STOPPED));
  }

  @Test
  void theLastLineSaysTheCauseAndWhatToDo() {
    assertEquals(
        "Made 1 of 3 intervals (10 rows); 1 failed, 1 skipped. raw.sales 2011-03-04 failed"
            + " (quality): 6 of 10 rows are bad. Mend it and run again; what is made stays made",
        of(MADE, BAD_DATA, SKIPPED).lastLine());
    assertEquals(
        "Made 0 of 1 intervals (0 rows); 1 failed. raw.sales 2011-03-04 failed (transient): the"
            + " server says 503. Run again when that has passed; what is made stays made",
        of(BROKEN).lastLine());
    assertEquals(
        "Made 1 of 2 intervals (10 rows); 1 not tried. The run was stopped; run again to make the"
            + " rest",
        of(MADE, STOPPED).lastLine());
  }

  private static RunEvent failed(FailureClass kind, String message) {
    return new RunEvent.IntervalsFailed(NOW, ONE, "a", kind, message);
  }

  private static int exit(RunEvent... events) {
    return of(events).exit();
  }

  private static Verdict of(RunEvent... events) {
    Tally tally = new Tally();
    tally.on(new RunEvent.RunStarted(NOW, "r", events.length, events.length));
    List.of(events).forEach(tally::on);
    return Verdict.of(tally, List.of());
  }

  @Test
  void whatWaitsIsNotUpToDate() {
    Plan.Waiting sales =
        new Plan.Waiting(SALES, Cadence.DAY, IntervalSet.of(day(5)), "no file yet");
    Plan.Waiting fact =
        new Plan.Waiting(FACT, Cadence.DAY, IntervalSet.of(day(5)), "raw.sales is not made");
    Tally nothing = new Tally();

    assertEquals(
        "Nothing to make: the lake is up to date", Verdict.of(nothing, List.of()).lastLine());
    assertEquals(
        new Verdict(
            0,
            "Nothing to make now, but not all is there: raw.sales 2011-03-05: no file yet; and 1"
                + " more, see `sluice plan`"),
        Verdict.of(nothing, List.of(sales, fact)));
  }

  @Test
  void jobAndIntervalsAreNamedOnce() {
    assertEquals("no column", RunEvent.cause(SALES, "raw.sales 2011-03-04: no column"));
    assertEquals("a: no column", RunEvent.cause(SALES, "a: no column"));
  }
}
