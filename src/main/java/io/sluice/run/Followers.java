package io.sluice.run;

import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.plan.Needs;
import io.sluice.plan.PlannedTask;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which intervals need not be made after all, because they are planned only for others, and those
 * turned out as they were.
 */
final class Followers {
  private static final int MOST_PARTS = 4;

  private final Lake lake;
  private final Map<TableName, IntervalSet> changed = new HashMap<>();
  private final Set<TableName> asBefore = new HashSet<>();
  private final Set<TableName> begun = new HashSet<>();

  Followers(Lake lake) {
    this.lake = lake;
  }

  /** These may hold other rows than they did. */
  void changed(TableName job, Collection<Interval> intervals) {
    changed.merge(job, IntervalSet.of(intervals), IntervalSet::union);
  }

  /** Something of the job was made, or need not be, and holds the rows that it did. */
  void asBefore(TableName job) {
    asBefore.add(job);
  }

  /** An attempt at the job is made in this run. */
  void begins(Job job) {
    begun.add(job.name());
  }

  /**
   * Those of the task's intervals that need not be made; asked when nothing that the task needs is
   * still to be made. In an ordered job, what comes after one that is made is made, too.
   */
  List<Interval> needless(Job job, PlannedTask task) {
    List<Interval> still =
        task.intervals().stream().filter(task.following()::contains).collect(Collectors.toList());
    if (still.isEmpty() || job.isOrdered() && begun.contains(job.name())) {
      return List.of();
    }
    IntervalSet all = IntervalSet.of(still);
    for (Input input : job.inputs().values()) {
      if (isFollowed(job, input)) {
        Job read = lake.job(input.table());
        for (Interval range : changed.getOrDefault(input.table(), IntervalSet.EMPTY).ranges()) {
          Interval reached = Needs.reached(job, input, read, range, lake.time());
          still.removeAll(Needs.among(all, reached, job.every()));
        }
      }
    }
    return job.isOrdered() ? upToTheFirstOther(task, still) : inFewParts(task, still);
  }

  /** What is left is to be few Spark jobs: what lies in between is made with it. */
  private static List<Interval> inFewParts(PlannedTask task, List<Interval> needless) {
    List<Interval> others =
        task.intervals().stream().filter(interval -> !needless.contains(interval)).toList();
    if (Part.neighbours(others).size() <= MOST_PARTS) {
      return needless;
    }
    Interval hull = others.get(0).span(others.get(others.size() - 1));
    return needless.stream().filter(interval -> !hull.contains(interval)).toList();
  }

  private static List<Interval> upToTheFirstOther(PlannedTask task, List<Interval> some) {
    List<Interval> first = new ArrayList<>();
    for (Interval interval : task.intervals()) {
      if (!some.contains(interval)) {
        return first;
      }
      first.add(interval);
    }
    return first;
  }

  /** What a person is told of why. */
  String cause(Job job) {
    List<String> inputs =
        job.inputs().values().stream()
            .filter(input -> isFollowed(job, input) && asBefore.contains(input.table()))
            .map(input -> input.table().toString())
            .toList();
    return inputs.size() == 1
        ? inputs.get(0) + " has the rows that it had"
        : (inputs.isEmpty() ? "its inputs" : String.join(", ", inputs))
            + " have the rows that they had";
  }

  /** As a plan sees it: whose change is a reason. */
  private static boolean isFollowed(Job job, Input input) {
    return input.sight() != Input.Sight.SELF
        && (input.sight().isCut() || input.follow() || job.every() == Cadence.NONE);
  }
}
