package io.sluice.run;

import io.sluice.task.FailureClass;
import io.sluice.task.Outcome;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says what to do about a failed attempt.
 *
 * @param ordered whether an interval can only be made after those before it
 */
record Remedies(Backoff backoff, Cadence every, boolean ordered) {

  Remedy after(Outcome.Failed failed, Part tried) {
    Part part = tried.failed(failed.kind());
    FailureClass kind = failed.kind();
    if (kind == FailureClass.RESOURCE && !part.isOne()) {
      return split(part, "again in halves");
    }
    if (kind.isRetried()) {
      return part.failures(kind) < backoff.spec().attempts()
          ? again(part)
          : giveUp(
              part, failed.culprits(), "given up after %d tries".formatted(part.failures(kind)));
    }
    boolean known = part.intervals().stream().anyMatch(failed.culprits()::contains);
    return kind.isSplit() && !part.isOne() && !known
        ? split(part, "in halves, to find the bad " + unit())
        : giveUp(part, failed.culprits(), "given up");
  }

  private Remedy again(Part part) {
    int failures = part.failures().values().stream().mapToInt(Integer::intValue).sum();
    Duration wait = backoff.after(failures);
    return new Remedy(
        wait,
        List.of(part),
        List.of(),
        List.of(),
        "again in %.1f s".formatted(wait.toMillis() / 1000.0));
  }

  private Remedy split(Part part, String word) {
    return new Remedy(Duration.ZERO, part.halves(), List.of(), List.of(), word);
  }

  /** Gives up those to blame, or all where none is; the others are made, as far as order lets. */
  private Remedy giveUp(Part part, List<Interval> culprits, String word) {
    Set<Interval> blamed = new HashSet<>(culprits);
    List<Interval> bad = part.intervals().stream().filter(blamed::contains).toList();
    if (bad.isEmpty() || bad.size() == part.intervals().size()) {
      return new Remedy(Duration.ZERO, List.of(), part.intervals(), List.of(), word);
    }
    List<Interval> good = part.intervals().stream().filter(i -> !blamed.contains(i)).toList();
    List<Interval> held =
        ordered ? good.stream().filter(i -> i.compareTo(bad.get(0)) > 0).toList() : List.of();
    List<Part> parts = part.only(good.subList(0, good.size() - held.size()));
    return new Remedy(Duration.ZERO, parts, bad, held, "without " + names(bad));
  }

  private String names(List<Interval> bad) {
    return Part.neighbours(bad).stream()
        .map(group -> every.name(group.get(0), group.get(group.size() - 1)))
        .collect(Collectors.joining(", "));
  }

  private String unit() {
    return every == Cadence.DAY ? "date" : every.word();
  }
}
