package io.sluice.plan;

import io.sluice.lake.TableName;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/** The intervals of one job that want making, each with its reasons; grows while a plan is made. */
final class StaleIntervals {
  private final Cadence every;
  private final IntervalSet due;
  private final TreeMap<Interval, EnumMap<Reason, String>> reasons = new TreeMap<>();
  private final Set<Interval> following = new HashSet<>();

  StaleIntervals(Cadence every, IntervalSet due) {
    this.every = every;
    this.due = due;
  }

  /** Adds the reason to all due intervals of the set. */
  void add(IntervalSet intervals, Reason reason, String cause) {
    for (Interval interval : intervals.intersect(due).split(every)) {
      add(interval, reason, cause);
    }
  }

  /** Adds the reason to those intervals of the set that the span touches. */
  void addReached(IntervalSet among, Interval span, Reason reason, String cause) {
    for (Interval interval : Needs.among(among.intersect(due), span, every)) {
      add(interval, reason, cause);
    }
  }

  void add(Interval interval, Reason reason, String cause) {
    put(interval, reason, cause);
    following.remove(interval);
  }

  /** As {@link #addReached}, for a reason that falls away where others turn out as they were. */
  void followReached(IntervalSet among, Interval span, Reason reason, String cause) {
    for (Interval interval : Needs.among(among.intersect(due), span, every)) {
      follow(interval, reason, cause);
    }
  }

  void follow(Interval interval, Reason reason, String cause) {
    if (!reasons.containsKey(interval)) {
      following.add(interval);
    }
    put(interval, reason, cause);
  }

  /** Whatever others turn out to be, these of the intervals are made. */
  void insist(IntervalSet intervals) {
    following.removeIf(intervals::contains);
  }

  private void put(Interval interval, Reason reason, String cause) {
    reasons
        .computeIfAbsent(interval, any -> new EnumMap<>(Reason.class))
        .merge(reason, cause, (old, added) -> old.isEmpty() ? added : old);
  }

  void remove(Collection<Interval> intervals) {
    reasons.keySet().removeAll(intervals);
  }

  /** Whether a person asked for it by name. */
  boolean isForced(Interval interval) {
    EnumMap<Reason, String> own = reasons.get(interval);
    return own != null && own.containsKey(Reason.FORCED);
  }

  boolean isEmpty() {
    return reasons.isEmpty();
  }

  SortedSet<Interval> intervals() {
    return reasons.navigableKeySet();
  }

  /** Neighbours put together, at most so many, cut where {@code cuts} says a new one begins. */
  List<PlannedTask> tasks(TableName job, int most, Collection<Interval> cuts) {
    List<PlannedTask> tasks = new ArrayList<>();
    List<Interval> open = new ArrayList<>();
    for (Interval interval : reasons.keySet()) {
      boolean joins =
          !open.isEmpty()
              && open.size() < most
              && open.get(open.size() - 1).to().equals(interval.from())
              && cuts.stream().noneMatch(cut -> cut.from().equals(interval.from()));
      if (!joins && !open.isEmpty()) {
        tasks.add(task(job, open));
        open.clear();
      }
      open.add(interval);
    }
    if (!open.isEmpty()) {
      tasks.add(task(job, open));
    }
    return tasks;
  }

  private PlannedTask task(TableName job, List<Interval> intervals) {
    Map<Reason, String> all = new EnumMap<>(Reason.class);
    for (Interval interval : intervals) {
      EnumMap<Reason, String> own = reasons.get(interval);
      if (own != null) {
        own.forEach(all::putIfAbsent);
      }
    }
    List<Interval> followers = intervals.stream().filter(following::contains).toList();
    return new PlannedTask(job, every, intervals, all, IntervalSet.of(followers));
  }
}
