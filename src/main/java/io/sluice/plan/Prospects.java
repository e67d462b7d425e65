package io.sluice.plan;

import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the tables will hold once the plan, as far as it has come, is done. */
final class Prospects {
  private final Lake lake;
  private final Map<TableName, IntervalSet> planned = new HashMap<>();
  private final Map<TableName, IntervalSet> there = new HashMap<>();
  private final Map<TableName, IntervalSet> gone = new HashMap<>();

  Prospects(Lake lake) {
    this.lake = lake;
  }

  /**
   * @param unobtainable due intervals that nobody can make any more
   */
  void add(TableName job, IntervalSet made, IntervalSet plannedNow, IntervalSet unobtainable) {
    planned.put(job, plannedNow);
    there.put(job, made.union(plannedNow));
    gone.put(job, unobtainable);
  }

  IntervalSet planned(TableName table) {
    return planned.getOrDefault(table, IntervalSet.EMPTY);
  }

  Map<TableName, IntervalSet> unobtainable() {
    return gone;
  }

  IntervalSet unobtainable(TableName table) {
    return gone.getOrDefault(table, IntervalSet.EMPTY);
  }

  /** What keeps the interval from being made: the first interval of an input that is required. */
  Optional<String> lack(Job job, Input input, Interval interval) {
    Job read = lake.job(input.table());
    if (input.sight() == Input.Sight.SELF || !read.isMade()) {
      return Optional.empty();
    }
    IntervalSet made = there.getOrDefault(input.table(), IntervalSet.EMPTY);
    // Also where it needs no interval of it: without a table there are no columns.
    if (made.isEmpty()) {
      return Optional.of("nothing of " + input.table() + " is made");
    }
    if (!input.sight().isCut() || job.every() == Cadence.NONE) {
      return Optional.empty();
    }
    return Needs.of(job, input, read, interval, lake.time())
        .map(need -> IntervalSet.of(read.every().whole(need)))
        .map(need -> need.minus(made).minus(unobtainable(input.table())))
        .flatMap(IntervalSet::span)
        .map(lacking -> read.every().name(read.every().at(lacking.from())))
        .map(first -> "%s %s is not made".formatted(input.table(), first));
  }

  /** Whether a whole input will not have passed the interval. */
  boolean lags(Job job, Input input, Interval interval) {
    Job read = lake.job(input.table());
    IntervalSet passed =
        there.getOrDefault(input.table(), IntervalSet.EMPTY).union(unobtainable(input.table()));
    return read.isMade()
        && Needs.of(job, input, read, interval, lake.time())
            .filter(need -> !Needs.areMet(need, read, passed))
            .isPresent();
  }
}
