package io.sluice.task;

import io.sluice.lake.Job;
import io.sluice.lake.Origin;
import io.sluice.lake.RowRule;
import io.sluice.lake.TableRule;
import io.sluice.quality.Broken;
import io.sluice.quality.IntervalColumn;
import io.sluice.quality.Violation;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the rows that were counted on their way mean for the task. */
final class Verdicts {
  private static final int TOLD = 5;

  private final Job job;
  private final IntervalColumn interval;
  private final Map<Tally.Key, Tally.Count> counted;
  private final Map<String, RowRule.Action> actions = new HashMap<>();

  Verdicts(Job job, IntervalColumn interval, Map<Tally.Key, Tally.Count> counted) {
    this.job = job;
    this.interval = interval;
    this.counted = counted;
    job.quality().expect().forEach(rule -> actions.put(rule.name(), rule.action()));
    actions.put(Broken.READABLE, RowRule.Action.QUARANTINE);
  }

  /** Rows of none of the task's intervals, where no input gives such. */
  void refuseOutside() {
    Tally.Count outside = outside();
    if (outside.rows() > 0) {
      throw TaskFailure.definite(
          "%s: %s belong to none of the task's intervals, such as %s = %s; select rows of the"
                  .formatted(
                      job.origin(),
                      rows(outside.rows()),
                      interval.column().orElse("the interval"),
                      outside.example())
              + " interval alone, or set `interval-by` to the column that says when they came");
    }
  }

  /** What broke {@code fail} rules. */
  List<Violation> failing() {
    List<Violation> found = new ArrayList<>();
    counted.forEach(
        (key, count) -> {
          Long at = key.interval();
          if (actions.get(key.rule()) == RowRule.Action.FAIL && at != null) {
            found.add(
                new Violation(
                    interval.interval(at),
                    key.rule(),
                    rows(count.rows()) + " broke it, such as " + count.example()));
          }
        });
    return found.stream()
        .sorted(java.util.Comparator.comparing(Violation::interval).thenComparing(Violation::rule))
        .toList();
  }

  boolean hasTurnedAway() {
    return counted.keySet().stream()
        .anyMatch(key -> actions.get(key.rule()) == RowRule.Action.QUARANTINE);
  }

  /** Intervals with too many rows turned away. */
  List<Violation> overLimit(Map<Interval, Long> quarantined, Map<Interval, Long> written) {
    List<Violation> found = new ArrayList<>();
    new TreeMap<>(quarantined)
        .forEach(
            (at, away) -> {
              long received = away + written.getOrDefault(at, 0L);
              if (job.quality().isOverLimit(away, received)) {
                found.add(
                    new Violation(
                        at,
                        "limit",
                        "%,d of %,d rows turned away, more than %s %%: %s"
                            .formatted(
                                away, received, percent(job.quality().limitPercent()), by(at))));
              }
            });
    return found;
  }

  private static String percent(double limit) {
    return limit == Math.rint(limit) ? String.valueOf((long) limit) : String.valueOf(limit);
  }

  private String by(Interval at) {
    TreeMap<String, Tally.Count> rules = new TreeMap<>();
    counted.forEach(
        (key, count) -> {
          Long of = key.interval();
          if (of != null
              && actions.get(key.rule()) == RowRule.Action.QUARANTINE
              && interval.interval(of).equals(at)) {
            rules.merge(key.rule(), count, Tally.Count::plus);
          }
        });
    return rules.entrySet().stream()
        .map(
            rule ->
                rule.getKey()
                    + (rule.getValue().example() == null
                        ? ""
                        : " (" + rule.getValue().example() + ")"))
        .collect(Collectors.joining(", "));
  }

  List<String> warnings() {
    Map<String, Long> broken = new TreeMap<>();
    counted.forEach(
        (key, count) -> {
          if (actions.get(key.rule()) == RowRule.Action.WARN) {
            broken.merge(key.rule(), count.rows(), Long::sum);
          }
        });
    List<String> warnings = new ArrayList<>();
    broken.forEach((rule, count) -> warnings.add(rule + ": " + rows(count) + " broke it"));
    long outside = outside().rows();
    if (outside > 0) {
      warnings.add(rows(outside) + " outside the task's intervals left out");
    }
    return warnings;
  }

  private Tally.Count outside() {
    Tally.Count sum = new Tally.Count(0, null);
    for (Map.Entry<Tally.Key, Tally.Count> entry : counted.entrySet()) {
      if (entry.getKey().rule().equals(Broken.OUTSIDE)) {
        sum = sum.plus(entry.getValue());
      }
    }
    return sum;
  }

  /** That the violations leave nothing to publish. */
  TaskFailure refusal(List<Violation> violations) {
    return new TaskFailure(
        FailureClass.QUALITY,
        told(violations),
        violations.stream().map(Violation::interval).distinct().sorted().toList());
  }

  /** The intervals that break a rule, neighbours together, each with what it breaks. */
  List<Outcome.Refused> refused(List<Violation> violations) {
    List<Outcome.Refused> refused = new ArrayList<>();
    IntervalSet all = IntervalSet.of(violations.stream().map(Violation::interval).toList());
    for (Interval range : all.ranges()) {
      List<Violation> own =
          violations.stream().filter(broken -> range.contains(broken.interval())).toList();
      List<Interval> intervals = own.stream().map(Violation::interval).distinct().sorted().toList();
      String title =
          job.name()
              + " "
              + job.every().name(intervals.get(0), intervals.get(intervals.size() - 1));
      refused.add(new Outcome.Refused(intervals, title + ": " + told(own)));
    }
    return refused;
  }

  /** The first of them, and how many there are. */
  private String told(List<Violation> violations) {
    String told =
        violations.stream()
            .limit(TOLD)
            .map(
                broken ->
                    "%s: %s, %s: %s"
                        .formatted(
                            origin(broken.rule()),
                            job.every().name(broken.interval()),
                            broken.rule(),
                            broken.figure()))
            .collect(Collectors.joining("; "));
    String more =
        violations.size() > TOLD ? "; and %d more".formatted(violations.size() - TOLD) : "";
    return told + more;
  }

  private Origin origin(String rule) {
    for (RowRule of : job.quality().expect()) {
      if (of.name().equals(rule)) {
        return of.origin();
      }
    }
    for (TableRule of : job.quality().require()) {
      if (of.name().equals(rule)) {
        return of.origin();
      }
    }
    return job.origin();
  }

  private static String rows(long count) {
    return count == 1 ? "1 row" : "%,d rows".formatted(count);
  }
}
