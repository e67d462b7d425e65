package io.sluice.task;

import io.sluice.lake.Job;
import io.sluice.quality.Violation;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What rules found in the intervals of a task, and what may be published after it. */
final class Audit {
  private final Job job;
  private final List<Interval> intervals;
  private final boolean canLeaveOut;
  private final List<Violation> violations = new ArrayList<>();

  /**
   * @param canLeaveOut whether some of the intervals can be published without the others
   */
  Audit(Job job, List<Interval> intervals, boolean canLeaveOut) {
    this.job = job;
    this.intervals = intervals;
    this.canLeaveOut = canLeaveOut;
  }

  void add(Collection<Violation> found) {
    violations.addAll(found);
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }

  /** What may be published; of an ordered job, nothing after an interval that breaks a rule. */
  List<Interval> passing() {
    if (violations.isEmpty()) {
      return intervals;
    }
    Set<Interval> broken = violations.stream().map(Violation::interval).collect(Collectors.toSet());
    Optional<Interval> first = broken.stream().min(Interval::compareTo);
    boolean isKnown = intervals.containsAll(broken);
    return intervals.stream()
        .filter(interval -> canLeaveOut && isKnown && !broken.contains(interval))
        .filter(
            interval ->
                !job.isOrdered() || first.filter(one -> one.compareTo(interval) < 0).isEmpty())
        .toList();
  }

  /** What must be left out if anything is published. */
  List<Interval> leftOut() {
    List<Interval> passing = passing();
    return intervals.stream().filter(interval -> !passing.contains(interval)).toList();
  }
}
