package io.sluice.run;

import io.sluice.task.FailureClass;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Optional;

/** How many intervals of a run came to what. */
final class Tally implements RunListener {
  int planned;
  int made;
  int elsewhere;
  int unchanged;
  int failed;
  int failedQuality;
  int skipped;
  int held;
  int heldElsewhere;
  int cancelled;
  long rows;
  long quarantined;
  Optional<RunEvent.IntervalsFailed> firstFailure = Optional.empty();
  Optional<String> holder = Optional.empty();

  @Override
  public synchronized void on(RunEvent event) {
    if (event instanceof RunEvent.RunStarted started) {
      planned = started.intervals();
    } else if (event instanceof RunEvent.TaskMade one) {
      made += size(one.part().intervals());
      rows += one.rows();
      quarantined += one.quarantined();
    } else if (event instanceof RunEvent.MadeElsewhere one) {
      elsewhere += size(one.part().intervals());
    } else if (event instanceof RunEvent.Unchanged one) {
      unchanged += size(one.part().intervals());
    } else if (event instanceof RunEvent.IntervalsFailed one) {
      failed += size(one.part().intervals());
      failedQuality += one.kind() == FailureClass.QUALITY ? size(one.part().intervals()) : 0;
      firstFailure = firstFailure.or(() -> Optional.of(one));
    } else if (event instanceof RunEvent.Skipped one) {
      skipped += size(one.part().intervals());
    } else if (event instanceof RunEvent.Held one) {
      held += size(one.part().intervals());
    } else if (event instanceof RunEvent.HeldElsewhere one) {
      heldElsewhere += size(one.part().intervals());
      holder = Optional.of(one.holder());
    } else if (event instanceof RunEvent.Cancelled one) {
      cancelled += size(one.part().intervals());
    }
  }

  private static int size(List<Interval> intervals) {
    return intervals.size();
  }
}
