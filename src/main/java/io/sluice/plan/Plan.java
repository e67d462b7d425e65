package io.sluice.plan;

import io.sluice.lake.TableName;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a run would do.
 *
 * @param tasks in an order in which they can be made one by one: what a task needs comes before it
 * @param waiting due intervals that are not planned, and why
 * @param notes what a person should know: foreign commits, intervals that can't be had any more
 * @param unobtainable by job: due intervals that nobody can make any more, as far as was looked
 */
public record Plan(
    List<PlannedTask> tasks,
    List<Waiting> waiting,
    List<Note> notes,
    Map<TableName, IntervalSet> unobtainable) {
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  public Plan {
    tasks = List.copyOf(tasks);
    waiting = List.copyOf(waiting);
    notes = List.copyOf(notes);
    unobtainable = Map.copyOf(unobtainable);
  }

  /** A plan of tables whose intervals can all be had. */
  public Plan(List<PlannedTask> tasks, List<Waiting> waiting, List<Note> notes) {
    this(tasks, waiting, notes, Map.of());
  }

  public boolean isEmpty() {
    return tasks.isEmpty();
  }

  /** What waits, told once where many intervals of a job wait for the like of it. */
  public List<Waiting> waitingInShort() {
    Map<List<Object>, List<Waiting>> alike = new LinkedHashMap<>();
    for (Waiting one : waiting) {
      List<Object> kind = List.of(one.job(), DIGITS.matcher(one.why()).replaceAll("#"));
      alike.computeIfAbsent(kind, first -> new ArrayList<>()).add(one);
    }
    return alike.values().stream().map(Plan::together).toList();
  }

  private static Waiting together(List<Waiting> alike) {
    Waiting first = alike.get(0);
    if (alike.size() == 1) {
      return first;
    }
    IntervalSet all =
        alike.stream().map(Waiting::intervals).reduce(IntervalSet.EMPTY, IntervalSet::union);
    return new Waiting(
        first.job(), first.every(), all, first.why() + ", and so on (%d)".formatted(alike.size()));
  }

  /** Intervals that are due but can't be made now. */
  public record Waiting(TableName job, Cadence every, IntervalSet intervals, String why) {
    @Override
    public String toString() {
      return "%s %s: %s".formatted(job, every.name(intervals), why);
    }
  }

  public record Note(TableName job, Cadence every, Interval span, String text) {
    @Override
    public String toString() {
      return "%s %s: %s".formatted(job, every.name(IntervalSet.of(span)), text);
    }
  }
}
