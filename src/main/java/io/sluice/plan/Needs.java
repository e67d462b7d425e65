package io.sluice.plan;

import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import io.sluice.time.LakeTime;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** Which intervals of an input a task reads, and which intervals of a reader a change reaches. */
public final class Needs {
  private Needs() {}

  /**
   * The span of the input, on its own clock, that a task of the reader reads; for an input seen
   * whole, from its first interval to the last one that has ended with the task. Empty where the
   * input has nothing there: outside its start and end it counts as made and empty.
   */
  public static Optional<Interval> of(
      Job reader, Input input, Job read, Interval task, LakeTime time) {
    Interval all = read.schedule().span();
    if (read.every() == Cadence.NONE) {
      return Optional.of(Interval.ALWAYS);
    }
    if (reader.every() == Cadence.NONE) {
      return Optional.of(all);
    }
    Interval asRead = time.translate(task, reader.every(), read.every());
    return switch (input.sight()) {
      case CUT ->
          time.translate(input.lookback().lengthen(task), reader.every(), read.every())
              .intersect(all);
      case WHOLE, AS_OF ->
          Interval.between(all.from(), read.every().floor(asRead.to()))
              .flatMap(span -> span.intersect(all));
      case SELF -> Interval.between(all.from(), task.from());
    };
  }

  /** Whether all that a task needs of an input is among what is made of it. */
  public static boolean areMet(Interval need, Job read, IntervalSet made) {
    return made.contains(read.every().whole(need));
  }

  /** The reader's intervals, as one span on its own clock, that see a change in an input. */
  public static Interval reached(
      Job reader, Input input, Job read, Interval changed, LakeTime time) {
    if (reader.every() == Cadence.NONE || changed.isAlways() || read.every() == Cadence.NONE) {
      return Interval.ALWAYS;
    }
    Interval asReader = time.translate(changed, read.every(), reader.every());
    return switch (input.sight()) {
      case CUT -> input.lookback().reach(asReader);
      case WHOLE, AS_OF ->
          new Interval(firstToSee(reader, read, changed, time), Interval.ALWAYS.to());
      case SELF -> new Interval(asReader.from(), Interval.ALWAYS.to());
    };
  }

  /** Of a whole input, an interval is seen by who ends when it is over, or later. */
  private static LocalDateTime firstToSee(Job reader, Job read, Interval changed, LakeTime time) {
    Interval first = read.every().at(changed.from());
    LocalDateTime over = time.translate(first, read.every(), reader.every()).to();
    return reader.every().floor(over.minusNanos(1));
  }

  /** The intervals of the set that the span touches. */
  public static List<Interval> among(IntervalSet intervals, Interval span, Cadence cadence) {
    if (cadence == Cadence.NONE) {
      return intervals.isEmpty() ? List.of() : List.of(Interval.ALWAYS);
    }
    return intervals
        .intersect(IntervalSet.of(span))
        .span()
        .map(cadence::whole)
        .map(touched -> intervals.intersect(IntervalSet.of(touched)).split(cadence))
        .orElse(List.of());
  }
}
