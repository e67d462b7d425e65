package io.sluice.run;

import static io.sluice.run.Lakes.day;
import static io.sluice.run.Lakes.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.RetrySpec;
import io.sluice.task.FailureClass;
import io.sluice.task.Outcome;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemediesTest {
  private static final RetrySpec SPEC =
      new RetrySpec(3, Duration.ofSeconds(4), 3, Duration.ofSeconds(20));
  private final Remedies free = new Remedies(new Backoff(SPEC, () -> 1.0), Cadence.DAY, false);
  private final Remedies ordered = new Remedies(new Backoff(SPEC, () -> 1.0), Cadence.DAY, true);

  @Test
  void aTransientFailureIsTriedAgainAsItWasUntilTheBudgetIsSpent() {
    Part part = Part.of(days(1, 3));
    Remedy first = free.after(failed(FailureClass.TRANSIENT), part);
    assertEquals(Duration.ofSeconds(4), first.pause());
    assertEquals(days(1, 3), first.parts().get(0).intervals());
    Remedy second = free.after(failed(FailureClass.TRANSIENT), first.parts().get(0));
    assertEquals(Duration.ofSeconds(12), second.pause());
    Remedy third = free.after(failed(FailureClass.TRANSIENT), second.parts().get(0));
    assertEquals(days(1, 3), third.failed());
    assertEquals(List.of(), third.parts());
    assertEquals("given up after 3 tries", third.word());
  }

  @Test
  void whoIsToBlameForATransientFailureDoesNotTakeTheOthersAlong() {
    RetrySpec once = new RetrySpec(1, Duration.ofSeconds(1), 2, Duration.ofSeconds(1));
    Remedies remedies = new Remedies(new Backoff(once, () -> 0.5), Cadence.DAY, false);
    Remedy remedy = remedies.after(failed(FailureClass.TRANSIENT, day(2)), Part.of(days(1, 3)));
    assertEquals(List.of(day(2)), remedy.failed());
    assertEquals(List.of(List.of(day(1)), List.of(day(3))), intervals(remedy));
  }

  @Test
  void tooMuchAtOnceIsTriedInHalvesAndOneIntervalByItself() {
    Remedy halves = free.after(failed(FailureClass.RESOURCE), Part.of(days(1, 5)));
    assertEquals(List.of(days(1, 3), days(4, 5)), intervals(halves));
    assertTrue(halves.pause().isZero());
    Remedy one = free.after(failed(FailureClass.RESOURCE), Part.of(days(1, 1)));
    assertEquals(List.of(days(1, 1)), intervals(one));
    assertEquals(Duration.ofSeconds(4), one.pause());
  }

  @Test
  void halvesInheritWhatTheWholeHasSpent() {
    Remedy once = free.after(failed(FailureClass.RESOURCE), Part.of(days(1, 4)));
    Remedy twice = free.after(failed(FailureClass.RESOURCE), once.parts().get(0));
    Remedy thrice = free.after(failed(FailureClass.RESOURCE), twice.parts().get(0));
    assertEquals(List.of(day(1)), thrice.failed());
  }

  @Test
  void aDefiniteFailureOfOneIntervalIsFinal() {
    Remedy remedy = free.after(failed(FailureClass.DEFINITE), Part.of(days(4, 4)));
    assertEquals(List.of(day(4)), remedy.failed());
    assertEquals(List.of(), remedy.parts());
  }

  @Test
  void knownCulpritsFailAndTheRestIsMadeInOneGo() {
    Remedy remedy = free.after(failed(FailureClass.QUALITY, day(2), day(5)), Part.of(days(1, 9)));
    assertEquals(List.of(day(2), day(5)), remedy.failed());
    assertEquals(List.of(days(1, 1), days(3, 4), days(6, 9)), intervals(remedy));
    assertEquals("without 2011-03-02, 2011-03-05", remedy.word());
  }

  @Test
  void whereAllAreToBlameNothingIsTriedAgain() {
    Remedy remedy = free.after(failed(FailureClass.DEFINITE, day(1), day(2)), Part.of(days(1, 2)));
    assertEquals(days(1, 2), remedy.failed());
    assertEquals(List.of(), remedy.parts());
  }

  @Test
  void anUnknownCulpritIsLookedForByHalves() {
    Remedy remedy = free.after(failed(FailureClass.DEFINITE), Part.of(days(1, 31)));
    assertEquals(List.of(days(1, 16), days(17, 31)), intervals(remedy));
    assertEquals(List.of(), remedy.failed());
  }

  @Test
  void aCulpritOutsideThePartIsNobody() {
    Remedy remedy = free.after(failed(FailureClass.DEFINITE, day(20)), Part.of(days(1, 2)));
    assertEquals(List.of(days(1, 1), days(2, 2)), intervals(remedy));
  }

  @Test
  void inAnOrderedJobWhatComesAfterACulpritIsHeld() {
    Remedy remedy =
        ordered.after(failed(FailureClass.QUALITY, day(3), day(6)), Part.of(days(1, 8)));
    assertEquals(List.of(day(3), day(6)), remedy.failed());
    assertEquals(List.of(days(1, 2)), intervals(remedy));
    assertEquals(List.of(day(4), day(5), day(7), day(8)), remedy.held());
  }

  @Test
  void whatSomebodyStoppedIsNotTriedAgain() {
    Remedy remedy = free.after(failed(FailureClass.CANCELLED), Part.of(days(1, 8)));
    assertEquals(days(1, 8), remedy.failed());
  }

  @Test
  void theWaitGrowsUpToItsEndAndIsSpread() {
    Backoff least = new Backoff(SPEC, () -> 0.0);
    assertEquals(Duration.ofSeconds(2), least.after(1));
    assertEquals(Duration.ofSeconds(6), least.after(2));
    assertEquals(Duration.ofSeconds(10), least.after(3));
    assertEquals(Duration.ofSeconds(20), new Backoff(SPEC, () -> 1.0).after(50));
  }

  private static List<List<Interval>> intervals(Remedy remedy) {
    return remedy.parts().stream().map(Part::intervals).toList();
  }

  private static Outcome.Failed failed(FailureClass kind, Interval... culprits) {
    return new Outcome.Failed(kind, "no", List.of(culprits), new RuntimeException("no"));
  }
}
