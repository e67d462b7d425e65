package io.sluice.run;

import io.sluice.task.FailureClass;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Neighbouring intervals that are made by one attempt.
 *
 * @param failures how often they, or more of which they are a part, failed, by class
 */
record Part(List<Interval> intervals, Map<FailureClass, Integer> failures) {
  Part {
    intervals = List.copyOf(intervals);
    failures = Map.copyOf(failures);
  }

  static Part of(List<Interval> intervals) {
    return new Part(intervals, Map.of());
  }

  int failures(FailureClass kind) {
    return failures.getOrDefault(kind, 0);
  }

  boolean isOne() {
    return intervals.size() == 1;
  }

  Part failed(FailureClass kind) {
    EnumMap<FailureClass, Integer> more = new EnumMap<>(FailureClass.class);
    more.putAll(failures);
    more.merge(kind, 1, Integer::sum);
    return new Part(intervals, more);
  }

  /** The earlier half first. */
  List<Part> halves() {
    return pieces((intervals.size() + 1) / 2);
  }

  /**
   * In order.
   *
   * @param most intervals of a piece
   */
  List<Part> pieces(int most) {
    List<Part> pieces = new ArrayList<>();
    for (int from = 0; from < intervals.size(); from += most) {
      pieces.add(fresh(intervals.subList(from, Math.min(intervals.size(), from + most))));
    }
    return pieces;
  }

  /** Those of its intervals, as parts without gaps. */
  List<Part> only(Collection<Interval> some) {
    return neighbours(some).stream().map(this::fresh).toList();
  }

  /** What it has besides these, as parts without gaps. */
  List<Part> without(Collection<Interval> some) {
    return neighbours(intervals.stream().filter(i -> !some.contains(i)).toList()).stream()
        .map(left -> left.size() == intervals.size() ? this : new Part(left, failures))
        .toList();
  }

  /** Who got as far as another failure has got over what passes by itself. */
  private Part fresh(List<Interval> some) {
    Map<FailureClass, Integer> inherited = new HashMap<>(failures);
    inherited.remove(FailureClass.TRANSIENT);
    return new Part(some, inherited);
  }

  /** Intervals in groups without gaps, in order. */
  static List<List<Interval>> neighbours(Collection<Interval> intervals) {
    SortedSet<Interval> inOrder = new TreeSet<>(intervals);
    List<List<Interval>> groups = new ArrayList<>();
    List<Interval> group = new ArrayList<>();
    for (Interval next : inOrder) {
      if (!group.isEmpty() && !group.get(group.size() - 1).to().equals(next.from())) {
        groups.add(group);
        group = new ArrayList<>();
      }
      group.add(next);
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }
}
