package io.sluice.time;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A set of civil times as disjoint ranges in order, touching ranges joined; immutable. */
public record IntervalSet(List<Interval> ranges) {

  public static final IntervalSet EMPTY = new IntervalSet(List.of());

  public IntervalSet {
    ranges = normalised(ranges);
  }

  public static IntervalSet of(Interval... intervals) {
    return new IntervalSet(List.of(intervals));
  }

  public static IntervalSet of(Collection<Interval> intervals) {
    return intervals.isEmpty() ? EMPTY : new IntervalSet(List.copyOf(intervals));
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** Whether all of the interval is in the set. */
  public boolean contains(Interval interval) {
    int at = firstEndingAfter(interval);
    return at < ranges.size() && ranges.get(at).contains(interval);
  }

  public boolean overlaps(Interval interval) {
    int at = firstEndingAfter(interval);
    return at < ranges.size() && ranges.get(at).overlaps(interval);
  }

  public IntervalSet union(IntervalSet other) {
    if (other.isEmpty()) {
      return this;
    }
    List<Interval> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    return new IntervalSet(all);
  }

  public IntervalSet plus(Interval interval) {
    return union(of(interval));
  }

  public IntervalSet minus(IntervalSet other) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    List<Interval> left = new ArrayList<>();
    int next = 0;
    for (Interval range : ranges) {
      while (next < other.ranges.size() && !other.ranges.get(next).to().isAfter(range.from())) {
        next++;
      }
      var from = range.from();
      for (int i = next; i < other.ranges.size(); i++) {
        Interval cut = other.ranges.get(i);
        if (!cut.from().isBefore(range.to())) {
          break;
        }
        Interval.between(from, cut.from()).ifPresent(left::add);
        from = cut.to().isAfter(from) ? cut.to() : from;
      }
      Interval.between(from, range.to()).ifPresent(left::add);
    }
    return new IntervalSet(left);
  }

  public IntervalSet intersect(IntervalSet other) {
    List<Interval> both = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < ranges.size() && j < other.ranges.size()) {
      Interval a = ranges.get(i);
      Interval b = other.ranges.get(j);
      a.intersect(b).ifPresent(both::add);
      if (a.to().isBefore(b.to())) {
        i++;
      } else {
        j++;
      }
    }
    return new IntervalSet(both);
  }

  /** From the first moment to the last. */
  public Optional<Interval> span() {
    return isEmpty()
        ? Optional.empty()
        : Optional.of(new Interval(ranges.get(0).from(), ranges.get(ranges.size() - 1).to()));
  }

  /** The intervals of the cadence that lie in the set as a whole, in order. */
  public List<Interval> split(Cadence cadence) {
    List<Interval> parts = new ArrayList<>();
    for (Interval range : ranges) {
      for (Interval part : cadence.split(range)) {
        if (range.contains(part)) {
          parts.add(part);
        }
      }
    }
    return parts;
  }

  private int firstEndingAfter(Interval interval) {
    int low = 0;
    int high = ranges.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ranges.get(middle).to().isAfter(interval.from())) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static List<Interval> normalised(List<Interval> intervals) {
    boolean inOrder = true;
    for (int i = 1; i < intervals.size() && inOrder; i++) {
      inOrder = intervals.get(i - 1).to().isBefore(intervals.get(i).from());
    }
    if (inOrder) {
      return List.copyOf(intervals);
    }
    List<Interval> joined = new ArrayList<>();
    for (Interval next : intervals.stream().sorted().toList()) {
      Interval last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && !next.from().isAfter(last.to())) {
        joined.set(joined.size() - 1, last.span(next));
      } else {
        joined.add(next);
      }
    }
    return List.copyOf(joined);
  }

  @Override
  public String toString() {
    return ranges.stream().map(Interval::toString).collect(Collectors.joining(", ", "{", "}"));
  }
}
