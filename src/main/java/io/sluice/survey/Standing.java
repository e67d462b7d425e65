package io.sluice.survey;

import io.sluice.lake.Job;
import io.sluice.ledger.AttemptRow;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was made of a table, and not taken back, when its log was at a version.
 *
 * @param steps what stood after each attempt that published, in the order of their versions
 */
record Standing(List<Step> steps) {

  private record Step(AttemptRow attempt, IntervalSet after) {
    long version() {
      return attempt.version().orElse(-1L);
    }
  }

  /**
   * @param published as the ledger tells it
   */
  static Standing of(Job job, List<AttemptRow> published) {
    boolean takesBack = job.isOrdered() && job.every() != Cadence.NONE;
    List<Step> steps = new ArrayList<>();
    IntervalSet standing = IntervalSet.EMPTY;
    for (AttemptRow attempt : published) {
      boolean isMade = attempt.state().equals("made");
      IntervalSet its = isMade ? attempt.published() : attempt.intervals();
      if (takesBack && isMade) {
        standing = standing.minus(later(its));
      }
      standing = standing.minus(attempt.unmade()).union(its.minus(attempt.unmade()));
      steps.add(new Step(attempt, standing));
    }
    return new Standing(steps);
  }

  private static IntervalSet later(IntervalSet published) {
    return published
        .span()
        .map(task -> IntervalSet.of(new Interval(task.to(), Interval.ALWAYS.to())))
        .orElse(IntervalSet.EMPTY);
  }

  /**
   * @param moment what was accepted later, at the same version, did not stand yet
   */
  IntervalSet at(long version, Instant moment) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      boolean isLater =
          step.attempt.state().equals("accepted")
              && step.attempt.endedAt().filter(moment::isBefore).isPresent();
      if (step.version() <= version && !isLater) {
        return step.after;
      }
    }
    return IntervalSet.EMPTY;
  }
}
