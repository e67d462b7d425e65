package io.sluice.survey;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.SourceRows;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.time.Interval;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** What the sources hold: files that are numbers, one more for each change. */
final class SimulatedFeeds {
  private final Lake lake;
  private final Clock clock;
  private final Map<TableName, Map<LocalDateTime, Integer>> files = new HashMap<>();
  private final Set<TableName> onlyPresent = new HashSet<>();
  private final Set<TableName> awaits = new HashSet<>();

  SimulatedFeeds(Lake lake, Clock clock) {
    this.lake = lake;
    this.clock = clock;
  }

  /** Begins a feed: of most any kind, of some that knows only the present, or is waited for. */
  void begin(Job job, Random random) {
    switch (random.nextInt(5)) {
      case 0 -> onlyPresent.add(job.name());
      case 1 -> awaits.add(job.name());
      default -> {}
    }
    files.put(job.name(), new TreeMap<>());
  }

  boolean has(Job job) {
    return files.containsKey(job.name());
  }

  void change(Job job, Interval interval) {
    files(job).merge(interval.from(), 1, Integer::sum);
  }

  void remove(Job job, Interval interval) {
    files(job).remove(interval.from());
  }

  private Map<LocalDateTime, Integer> files(Job job) {
    return files.computeIfAbsent(job.name(), any -> new TreeMap<>());
  }

  Source of(Job job) {
    return new Feed(job);
  }

  @Override
  public String toString() {
    return "only the present: " + onlyPresent + ", awaited: " + awaits;
  }

  private final class Feed implements Source {
    private final Job job;

    Feed(Job job) {
      this.job = job;
    }

    @Override
    public Map<Interval, Look> look(List<Interval> intervals, KnownItems known) {
      Interval due = job.schedule().due(clock.instant(), lake.time()).orElseThrow();
      LocalDateTime newest = job.every().floor(due.to().minusNanos(1));
      Map<Interval, Look> looks = new TreeMap<>();
      for (Interval interval : intervals) {
        boolean isNewest = interval.from().equals(newest);
        looks.put(
            interval,
            onlyPresent.contains(job.name()) ? present(isNewest) : dated(interval, isNewest));
      }
      return looks;
    }

    private Look present(boolean isNewest) {
      return isNewest
          ? Look.present(List.of())
          : new Look(Look.Presence.UNOBTAINABLE, List.of(), "gone");
    }

    private Look dated(Interval interval, boolean isNewest) {
      Integer version = files(job).get(interval.from());
      if (version != null) {
        return Look.present(List.of(new Look.Item("f" + interval, "" + version, 1)));
      }
      boolean awaited = isNewest && awaits.contains(job.name());
      return new Look(awaited ? Look.Presence.AWAITED : Look.Presence.EMPTY, List.of(), "nothing");
    }

    /** There are no rows: what a task makes is known by what its feeds look like. */
    @Override
    public SourceRows read(SparkSession spark, Map<Interval, Look> looks) {
      throw new AssertionError("A simulated task was to read rows of " + job.name());
    }
  }
}
