package io.sluice.graph;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Who reads what in a lake; a table's own reading of itself left out. */
public final class Graph {

  private final SortedMap<TableName, SortedSet<TableName>> inputs = new TreeMap<>();
  private final SortedMap<TableName, SortedSet<TableName>> readers = new TreeMap<>();
  private final List<Job> order;

  /**
   * @throws IllegalArgumentException where tables need each other in a circle
   */
  public Graph(Lake lake) {
    for (TableName name : lake.jobs().keySet()) {
      inputs.put(name, new TreeSet<>());
      readers.put(name, new TreeSet<>());
    }
    for (Job job : lake.jobs().values()) {
      for (TableName input : job.inputs().keySet()) {
        if (!input.equals(job.name())) {
          of(inputs, job.name()).add(input);
          of(readers, input).add(job.name());
        }
      }
    }
    order = sorted(lake);
  }

  /** All jobs, each after those whose tables it reads; of several that could be next, by name. */
  public List<Job> order() {
    return order;
  }

  public SortedSet<TableName> inputs(TableName table) {
    return Collections.unmodifiableSortedSet(of(inputs, table));
  }

  public SortedSet<TableName> readers(TableName table) {
    return Collections.unmodifiableSortedSet(of(readers, table));
  }

  /** The tables and all that they need, directly or not. */
  public SortedSet<TableName> withInputs(Collection<TableName> tables) {
    return reach(tables, this::inputs);
  }

  /** The tables and all that need them, directly or not. */
  public SortedSet<TableName> withReaders(Collection<TableName> tables) {
    return reach(tables, this::readers);
  }

  private static SortedSet<TableName> reach(
      Collection<TableName> tables, Function<TableName, SortedSet<TableName>> next) {
    SortedSet<TableName> reached = new TreeSet<>(tables);
    List<TableName> open = new ArrayList<>(tables);
    while (!open.isEmpty()) {
      for (TableName found : next.apply(open.remove(open.size() - 1))) {
        if (reached.add(found)) {
          open.add(found);
        }
      }
    }
    return reached;
  }

  private List<Job> sorted(Lake lake) {
    Map<TableName, Integer> open = new TreeMap<>();
    inputs.forEach((name, needed) -> open.put(name, needed.size()));
    TreeSet<TableName> ready = new TreeSet<>();
    open.forEach((name, count) -> ready.addAll(count == 0 ? List.of(name) : List.of()));
    List<Job> sorted = new ArrayList<>();
    for (TableName next = ready.pollFirst(); next != null; next = ready.pollFirst()) {
      sorted.add(lake.job(next));
      for (TableName reader : of(readers, next)) {
        if (open.merge(reader, -1, Integer::sum) == 0) {
          ready.add(reader);
        }
      }
    }
    if (sorted.size() < lake.jobs().size()) {
      open.values().removeIf(count -> count == 0);
      throw new IllegalArgumentException("These tables need each other: " + open.keySet());
    }
    return List.copyOf(sorted);
  }

  private static SortedSet<TableName> of(
      Map<TableName, SortedSet<TableName>> edges, TableName table) {
    SortedSet<TableName> found = edges.get(table);
    if (found == null) {
      throw new IllegalArgumentException("No table " + table + " in this lake");
    }
    return found;
  }
}
