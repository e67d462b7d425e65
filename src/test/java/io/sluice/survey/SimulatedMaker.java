package io.sluice.survey;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.deltalog.Receipt;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.TableName;
import io.sluice.lake.WriteSpec;
import io.sluice.survey.SimulatedTables.Cell;
import io.sluice.task.FailureClass;
import io.sluice.task.Outcome;
import io.sluice.task.TaskMaker;
import io.sluice.task.TaskOrder;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes cells whose content names everything that they were made from. */
final class SimulatedMaker implements TaskMaker {
  private final Lake lake;
  private final LakeTime time;
  private final SimulatedTables tables;
  private final Function<Job, Source> sources;
  private final Function<Job, Source.KnownItems> known;
  final List<TaskOrder> orders = new CopyOnWriteArrayList<>();
  volatile Predicate<TaskOrder> fails = order -> false;

  SimulatedMaker(
      Lake lake,
      SimulatedTables tables,
      Function<Job, Source> sources,
      Function<Job, Source.KnownItems> known) {
    this.lake = lake;
    this.time = lake.time();
    this.tables = tables;
    this.sources = sources;
    this.known = known;
  }

  @Override
  public Outcome make(TaskOrder order) {
    orders.add(order);
    Job job = order.job();
    if (fails.test(order)) {
      return new Outcome.Failed(
          FailureClass.DEFINITE, "it fails", List.of(), new IllegalStateException());
    }
    Map<TableName, Long> pinned = new HashMap<>();
    pinned.put(job.name(), tables.version(job.name()));
    for (TableName input : job.inputs().keySet()) {
      pinned.put(input, tables.version(input));
      if (tables.version(input) < 0 && !input.equals(job.name())) {
        return new Outcome.Failed(
            FailureClass.DEFINITE, input + " has no table", List.of(), new IllegalStateException());
      }
    }
    Map<Interval, Look> looks = Map.of();
    if (job.making() instanceof Making.FromSource) {
      looks = new TreeMap<>(sources.apply(job).look(order.intervals(), known.apply(job)));
      for (Look look : looks.values()) {
        if (look.presence() != Look.Presence.PRESENT && look.presence() != Look.Presence.EMPTY) {
          return new Outcome.Failed(
              FailureClass.DEFINITE, look.why(), List.of(), new IllegalStateException());
        }
      }
    }
    NavigableMap<Interval, Cell> own = new TreeMap<>(tables.at(job.name(), pinned.get(job.name())));
    boolean takesBack = job.isOrdered() && !(job.write() instanceof WriteSpec.Replace);
    if (takesBack) {
      own.tailMap(order.intervals().get(0), true).clear();
    }
    Map<Interval, Cell> made = new TreeMap<>();
    for (Interval interval : order.intervals()) {
      Map<TableName, NavigableMap<Interval, Cell>> seen = new TreeMap<>();
      pinned.forEach((table, version) -> seen.put(table, tables.at(table, version)));
      seen.put(job.name(), own);
      Cell cell = cell(job, interval, seen, Optional.ofNullable(looks.get(interval)));
      made.put(interval, cell);
      own.put(interval, cell);
    }
    Map<String, Long> reads = new TreeMap<>();
    job.inputs().keySet().forEach(input -> reads.put(input.toString(), pinned.get(input)));
    reads.values().removeIf(version -> version < 0);
    Receipt receipt =
        new Receipt(
            lake.name(),
            job.name().toString(),
            order.run(),
            order.attempt(),
            job.fingerprint(),
            reads,
            order.intervals().stream().map(i -> new Receipt.Made(i, 1, 0)).toList(),
            looks.values().stream().map(Look::checksum).toList(),
            "");
    List<Interval> same = same(job, made, tables.at(job.name(), pinned.get(job.name())), own);
    long version =
        tables.commit(
            job.name(),
            made,
            takesBack ? Optional.of(order.intervals().get(0)) : Optional.empty(),
            Optional.of(receipt),
            same);
    return new Outcome.Made(receipt, version, looks, List.of(), List.of(), same);
  }

  /** What a real table would leave as it is: a day's files, or all where it has no such. */
  private static List<Interval> same(
      Job job, Map<Interval, Cell> made, Map<Interval, Cell> before, Map<Interval, Cell> after) {
    if (job.write() instanceof WriteSpec.Replace) {
      boolean isAligned = job.shape().isPartitionedByInterval() || job.every() == Cadence.NONE;
      return made.keySet().stream()
          .filter(
              interval ->
                  isAligned
                      && Objects.equals(
                          contents(made).get(interval), contents(before).get(interval)))
          .toList();
    }
    return contents(before).equals(contents(after)) ? List.copyOf(made.keySet()) : List.of();
  }

  private static Map<Interval, String> contents(Map<Interval, Cell> cells) {
    Map<Interval, String> contents = new TreeMap<>();
    cells.forEach((interval, cell) -> contents.put(interval, cell.content()));
    return contents;
  }

  @Override
  public boolean fence(Job job, long token) {
    return true;
  }

  @Override
  public boolean isOver() {
    return false;
  }

  @Override
  public void cancel(String attempt) {}

  /** What the interval would hold, made from these states. */
  Cell cell(
      Job job,
      Interval interval,
      Map<TableName, NavigableMap<Interval, Cell>> tables,
      Optional<Look> look) {
    StringBuilder from = new StringBuilder();
    look.ifPresent(found -> from.append(found.checksum()));
    Map<TableName, List<Interval>> lagging = new TreeMap<>();
    for (Input input : job.inputs().values()) {
      if (input.sight() == Input.Sight.SELF) {
        continue;
      }
      Job read = lake.job(input.table());
      NavigableMap<Interval, Cell> rows = rows(tables, input.table());
      boolean timeless = job.every() == Cadence.NONE || read.every() == Cadence.NONE;
      if (input.sight() == Input.Sight.CUT || input.follow() || job.every() == Cadence.NONE) {
        rows.forEach(
            (at, cell) -> {
              if (timeless || isSeen(job, input, read, interval, at)) {
                from.append(input.table()).append(at).append(cell.content());
              }
            });
      } else {
        List<Interval> lacks = new ArrayList<>();
        if (timeless ? rows.isEmpty() : true) {
          for (Interval needed : ended(read, instant(interval.to(), job))) {
            if (!rows.containsKey(needed)) {
              lacks.add(needed);
            }
          }
        }
        if (!lacks.isEmpty()) {
          lagging.put(input.table(), lacks);
        }
      }
    }
    if (job.isOrdered()) {
      rows(tables, job.name())
          .headMap(interval, false)
          .forEach((at, cell) -> from.append(at).append(cell.content()));
    }
    // Few contents, so that other inputs often make the same rows.
    int content = Math.floorMod(from.toString().hashCode(), 3);
    return new Cell(Integer.toString(content), lagging, false);
  }

  private static NavigableMap<Interval, Cell> rows(
      Map<TableName, NavigableMap<Interval, Cell>> tables, TableName table) {
    return tables.getOrDefault(table, new TreeMap<>());
  }

  private boolean isSeen(Job job, Input input, Job read, Interval interval, Interval at) {
    Instant end = instant(interval.to(), job);
    if (input.sight() != Input.Sight.CUT) {
      return !instant(at.to(), read).isAfter(end);
    }
    boolean before = instant(at.from(), read).isBefore(end);
    LocalDateTime first =
        input.lookback().isNone()
            ? interval.from()
            : interval.from().minus(input.lookback().amount(), input.lookback().unit());
    return before && instant(at.to(), read).isAfter(instant(first, job));
  }

  /** Intervals of a whole input that end by this moment. */
  private List<Interval> ended(Job read, Instant end) {
    if (read.every() == Cadence.NONE) {
      return List.of(Interval.ALWAYS);
    }
    List<Interval> ended = new ArrayList<>();
    LocalDateTime start = read.schedule().first();
    while (!instant(read.every().next(start), read).isAfter(end)
        && !read.schedule().end().filter(start::isEqual).isPresent()) {
      ended.add(read.every().at(start));
      start = read.every().next(start);
    }
    return ended;
  }

  private Instant instant(LocalDateTime civil, Job of) {
    return time.instant(civil, of.every());
  }
}
