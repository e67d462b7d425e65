package io.sluice.lake;

import io.sluice.config.Place;
import io.sluice.config.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Puts jobs after those that they read; a cycle becomes a problem. */
final class ReadingOrder {
  private final SortedMap<TableName, List<Reference>> reads;
  private final Problems problems;
  private final Set<TableName> done = new LinkedHashSet<>();
  private final List<TableName> path = new ArrayList<>();
  private final Set<Set<TableName>> told = new HashSet<>();

  private ReadingOrder(SortedMap<TableName, List<Reference>> reads, Problems problems) {
    this.reads = reads;
    this.problems = problems;
  }

  /**
   * All jobs, in order.
   *
   * @param reads of each job
   */
  static List<TableName> of(SortedMap<TableName, List<Reference>> reads, Problems problems) {
    ReadingOrder order = new ReadingOrder(reads, problems);
    reads.keySet().forEach(order::visit);
    return List.copyOf(order.done);
  }

  private void visit(TableName job) {
    if (done.contains(job)) {
      return;
    }
    path.add(job);
    for (Reference reference : reads.getOrDefault(job, List.of())) {
      int at = path.indexOf(reference.table());
      if (at >= 0 && !reference.table().equals(job)) {
        tell(path.subList(at, path.size()));
      } else if (at < 0) {
        visit(reference.table());
      }
    }
    path.remove(path.size() - 1);
    done.add(job);
  }

  private void tell(List<TableName> found) {
    List<TableName> cycle = new ArrayList<>(found);
    if (!told.add(Set.copyOf(cycle))) {
      return;
    }
    Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
    cycle.add(cycle.get(0));
    Origin origin =
        Map.copyOf(reads).getOrDefault(cycle.get(0), List.of()).stream()
            .filter(reference -> reference.table().equals(cycle.get(1)))
            .map(Reference::origin)
            .findFirst()
            .orElseThrow();
    problems.add(
        new Place(origin.file(), origin.line()),
        "",
        "a cycle, none of these can be made first: %s; take one of them out"
            .formatted(
                cycle.stream().map(TableName::toString).collect(Collectors.joining(" reads "))));
  }
}
