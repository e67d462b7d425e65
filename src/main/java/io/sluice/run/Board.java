package io.sluice.run;

import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.lake.WriteSpec;
import io.sluice.plan.Needs;
import io.sluice.plan.PlannedTask;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What of a plan is still to be made, what waits for what, and what can't be made any more. A
 * monitor: every change wakes who waits for one.
 */
final class Board {

  /** A part of a task that is not tried, and why. */
  record Loss(PlannedTask part, boolean held, String cause) {}

  /** What need not be made, because what it follows turned out as it was. */
  record Idle(PlannedTask part, String cause) {}

  /** What can be started now, and what turned out on the way to be lost, or idle. */
  record Turn(Optional<PlannedTask> task, List<Loss> losses, List<Idle> idle) {}

  private final Lake lake;
  private final List<PlannedTask> open;
  private final Map<TableName, Spans> pending = new HashMap<>();
  private final Map<TableName, Spans> lost = new HashMap<>();
  private final Map<TableName, Integer> running = new HashMap<>();
  private final Map<TableName, String> aside = new HashMap<>();
  private final Set<TableName> asking = new HashSet<>();
  private final Followers followers;
  private final Set<TableName> stored = new HashSet<>();
  private final Predicate<TableName> isThere;
  private long changes;
  private long progress;

  Board(Lake lake, List<PlannedTask> tasks) {
    this(lake, tasks, table -> true);
  }

  /**
   * @param isThere whether a table can be read, asked where intervals of it are lost
   */
  Board(Lake lake, List<PlannedTask> tasks, Predicate<TableName> isThere) {
    this.lake = lake;
    this.followers = new Followers(lake);
    this.isThere = isThere;
    this.open = new ArrayList<>(tasks);
    for (PlannedTask task : tasks) {
      task.intervals().forEach(interval -> of(pending, task.job()).put(interval, "planned"));
    }
  }

  /** Takes the first task that waits for nothing, without the intervals that are lost. */
  synchronized Turn next() {
    List<Loss> losses = new ArrayList<>();
    List<Idle> idle = new ArrayList<>();
    for (int at = 0; at < open.size(); ) {
      PlannedTask task = open.get(at);
      Job job = lake.job(task.job());
      if (mustBeAlone(job) || waits(job, task) || isAside(job)) {
        at++;
        continue;
      }
      open.remove(at);
      List<PlannedTask> parts = withoutIdle(job, withoutLost(job, task, losses), idle);
      if (parts.isEmpty()) {
        at = 0;
        continue;
      }
      open.addAll(Math.min(at, open.size()), parts.subList(1, parts.size()));
      running.merge(job.name(), 1, Integer::sum);
      followers.begins(job);
      return new Turn(Optional.of(parts.get(0)), losses, idle);
    }
    return new Turn(Optional.empty(), losses, idle);
  }

  /** Nobody need wait for these any more; they may hold what they did not before. */
  synchronized void made(TableName job, Collection<Interval> intervals) {
    followers.changed(job, intervals);
    of(pending, job).removeAll(intervals);
    progressed();
  }

  /** Nobody need wait for these any more; they hold what they did before. */
  synchronized void madeAsBefore(TableName job, Collection<Interval> intervals) {
    if (intervals.isEmpty()) {
      return;
    }
    followers.asBefore(job);
    of(pending, job).removeAll(intervals);
    progressed();
  }

  /** These can't be made in this run; of an ordered job, neither can those after them. */
  synchronized List<Loss> lost(TableName job, Collection<Interval> intervals, String cause) {
    intervals.forEach(interval -> of(lost, job).put(interval, cause));
    of(pending, job).removeAll(intervals);
    progressed();
    return lake.job(job).isOrdered() ? holdAfter(job, intervals, cause) : List.of();
  }

  /** The table is there, so that tasks of its job need not wait for the one that creates it. */
  synchronized void isStored(TableName job) {
    if (stored.add(job)) {
      changed();
    }
  }

  /** A task taken by {@link #next} is no longer worked at. */
  synchronized void ended(TableName job) {
    running.merge(job, -1, Integer::sum);
    asking.addAll(aside.keySet());
    changed();
  }

  /**
   * A task taken by {@link #next} is for later: another driver works at its job. True where that is
   * news.
   */
  synchronized boolean setAside(TableName job, List<PlannedTask> rest, String holder) {
    running.merge(job, -1, Integer::sum);
    open.addAll(0, rest);
    changed();
    return !holder.equals(aside.put(job, holder));
  }

  /** The job can be worked at. */
  synchronized void unset(TableName job) {
    if (aside.remove(job) != null) {
      progressed();
    }
  }

  /** Jobs that were set aside may be asked for again. */
  synchronized void stir() {
    if (asking.addAll(aside.keySet())) {
      changed();
    }
  }

  synchronized boolean anyAside() {
    return !aside.isEmpty();
  }

  /** Takes away all tasks of jobs that another driver works at, each with its name. */
  synchronized Map<PlannedTask, String> dropAside() {
    Map<PlannedTask, String> dropped = new LinkedHashMap<>();
    open.stream()
        .filter(task -> aside.containsKey(task.job()))
        .forEach(task -> dropped.put(task, aside.get(task.job())));
    open.removeAll(dropped.keySet());
    aside.clear();
    asking.clear();
    return dropped;
  }

  /** Takes away everything that nobody works at. */
  synchronized List<PlannedTask> dropAll() {
    List<PlannedTask> dropped = List.copyOf(open);
    open.clear();
    aside.clear();
    return dropped;
  }

  synchronized boolean isDone() {
    return open.isEmpty() && running() == 0;
  }

  synchronized int running() {
    return running.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How often there was a change. */
  synchronized long changes() {
    return changes;
  }

  /** How often there was a change for the better: something ended, or was got hold of. */
  synchronized long progress() {
    return progress;
  }

  /** Returns when there has been a change after this number of them. */
  synchronized void awaitChangeAfter(long seen) throws InterruptedException {
    while (changes == seen) {
      wait();
    }
  }

  synchronized void changed() {
    changes++;
    notifyAll();
  }

  private void progressed() {
    progress++;
    changed();
  }

  /** Asks at most once after each {@link #stir}. */
  private boolean isAside(Job job) {
    return aside.containsKey(job.name()) && !asking.remove(job.name());
  }

  /** Commits of one job side by side are safe where each has partitions of its own. */
  private boolean mustBeAlone(Job job) {
    boolean sideBySide =
        job.write() instanceof WriteSpec.Replace
            && job.shape().isPartitionedByInterval()
            && !job.isOrdered()
            && stored.contains(job.name());
    return !sideBySide && running.getOrDefault(job.name(), 0) > 0;
  }

  private boolean waits(Job job, PlannedTask task) {
    Interval span = task.first().span(task.last());
    if (job.isOrdered() && of(pending, job.name()).startsBefore(span.from())) {
      return true;
    }
    return job.inputs().values().stream()
        .filter(input -> input.sight() != Input.Sight.SELF)
        .anyMatch(
            input ->
                needed(pending, job, input, span).isPresent()
                    || (!of(pending, input.table()).isEmpty() && !isStored(input)));
  }

  private List<PlannedTask> withoutLost(Job job, PlannedTask task, List<Loss> losses) {
    List<Interval> good = new ArrayList<>();
    Map<String, List<Interval>> bad = new LinkedHashMap<>();
    for (Interval interval : task.intervals()) {
      causeOfLoss(job, interval)
          .ifPresentOrElse(
              cause -> bad.computeIfAbsent(cause, any -> new ArrayList<>()).add(interval),
              () -> good.add(interval));
    }
    if (job.isOrdered() && !bad.isEmpty()) {
      Interval first = bad.values().iterator().next().get(0);
      List<Interval> later = good.stream().filter(i -> i.compareTo(first) > 0).toList();
      good.removeAll(later);
      open.addAll(0, parts(task, later));
    }
    bad.forEach(
        (cause, intervals) -> {
          parts(task, intervals).forEach(part -> losses.add(new Loss(part, false, cause)));
          losses.addAll(lost(job.name(), intervals, cause));
        });
    return parts(task, good);
  }

  private List<PlannedTask> withoutIdle(Job job, List<PlannedTask> parts, List<Idle> idle) {
    List<PlannedTask> left = new ArrayList<>();
    for (PlannedTask part : parts) {
      List<Interval> needless =
          left.isEmpty() || !job.isOrdered() ? followers.needless(job, part) : List.of();
      parts(part, needless).forEach(one -> idle.add(new Idle(one, followers.cause(job))));
      madeAsBefore(job.name(), needless);
      left.addAll(
          parts(part, part.intervals().stream().filter(i -> !needless.contains(i)).toList()));
    }
    return left;
  }

  private Optional<String> causeOfLoss(Job job, Interval interval) {
    return job.inputs().values().stream()
        .filter(input -> input.sight() != Input.Sight.SELF)
        .flatMap(input -> causeOfLoss(job, input, interval).stream())
        .findFirst();
  }

  /** A whole input is not required up to the interval, but there must be a table. */
  private Optional<String> causeOfLoss(Job job, Input input, Interval interval) {
    Spans spans = of(lost, input.table());
    if (spans.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> needed =
        input.sight().isCut() ? needed(lost, job, input, interval) : Optional.empty();
    return needed.isPresent() || isStored(input) ? needed : spans.first();
  }

  private boolean isStored(Input input) {
    if (!stored.contains(input.table()) && isThere.test(input.table())) {
      stored.add(input.table());
    }
    return stored.contains(input.table());
  }

  private Optional<String> needed(
      Map<TableName, Spans> marks, Job job, Input input, Interval interval) {
    Spans spans = of(marks, input.table());
    return spans.isEmpty()
        ? Optional.empty()
        : Needs.of(job, input, lake.job(input.table()), interval, lake.time())
            .flatMap(spans::firstIn);
  }

  private List<Loss> holdAfter(TableName job, Collection<Interval> intervals, String cause) {
    Interval first = intervals.stream().min(Interval::compareTo).orElseThrow();
    List<Loss> held = new ArrayList<>();
    for (PlannedTask task : List.copyOf(open)) {
      if (task.job().equals(job) && task.first().compareTo(first) > 0) {
        open.remove(task);
        held.add(new Loss(task, true, cause));
        task.intervals().forEach(interval -> of(lost, job).put(interval, cause));
        of(pending, job).removeAll(task.intervals());
      }
    }
    return held;
  }

  private static Spans of(Map<TableName, Spans> marks, TableName job) {
    return marks.computeIfAbsent(job, any -> new Spans());
  }

  /** These of the task's intervals, as tasks without gaps. */
  static List<PlannedTask> parts(PlannedTask task, Collection<Interval> intervals) {
    return Part.neighbours(intervals).stream().map(task::only).toList();
  }
}
