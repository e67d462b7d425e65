package io.sluice.time;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The half-open span {@code [from, to)}, on the civil clock of the cadence that made it: UTC for
 * hours, the lake's time zone for all others.
 */
public record Interval(LocalDateTime from, LocalDateTime to) implements Comparable<Interval> {

  /** The one interval of a table that has no time: it overlaps every other. */
  public static final Interval ALWAYS =
      new Interval(LocalDateTime.of(1, 1, 1, 0, 0), LocalDateTime.of(9999, 12, 31, 0, 0));

  public Interval {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "An interval ends after it starts, not [%s, %s)".formatted(from, to));
    }
  }

  /** Empty where {@code from} is not before {@code to}. */
  public static Optional<Interval> between(LocalDateTime from, LocalDateTime to) {
    return from.isBefore(to) ? Optional.of(new Interval(from, to)) : Optional.empty();
  }

  public boolean contains(LocalDateTime instant) {
    return !instant.isBefore(from) && instant.isBefore(to);
  }

  public boolean contains(Interval other) {
    return !other.from.isBefore(from) && !other.to.isAfter(to);
  }

  public boolean overlaps(Interval other) {
    return from.isBefore(other.to) && other.from.isBefore(to);
  }

  public Optional<Interval> intersect(Interval other) {
    return between(
        from.isAfter(other.from) ? from : other.from, to.isBefore(other.to) ? to : other.to);
  }

  /** The smallest interval that holds both. */
  public Interval span(Interval other) {
    return new Interval(
        from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
  }

  public boolean isAlways() {
    return equals(ALWAYS);
  }

  @Override
  public int compareTo(Interval other) {
    int byStart = from.compareTo(other.from);
    return byStart != 0 ? byStart : to.compareTo(other.to);
  }

  @Override
  public String toString() {
    return isAlways() ? "[always]" : "[%s, %s)".formatted(Civil.text(from), Civil.text(to));
  }

  /** By hand, like equals: the first record that makes its own costs as much as reading a lake. */
  @Override
  public int hashCode() {
    return 31 * from.hashCode() + to.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Interval interval
        && from.equals(interval.from)
        && to.equals(interval.to);
  }
}
