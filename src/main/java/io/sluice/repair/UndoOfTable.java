package io.sluice.repair;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.LogTail;
import io.sluice.deltalog.Undone;
import io.sluice.lake.Job;
import io.sluice.lake.WriteSpec;
import io.sluice.ledger.AttemptRow;
import io.sluice.repair.UndoHistory.Entry;
import io.sluice.repair.UndoHistory.State;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import io.sluice.time.LakeTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Works out, from the log of a table alone, what must be put back in it. Intervals that lie in
 * partitions of their own go back each to the version from before what is undone; of all other
 * tables the whole goes back, and with it what was made later.
 */
final class UndoOfTable {
  private final Job job;
  private final UndoRequest request;
  private final LakeTime time;
  private final UndoHistory history;
  private final Refused refused;

  /**
   * @param accepted what a person counted as made, in the order in which it was
   */
  UndoOfTable(Job job, UndoRequest request, LakeTime time, LogTail log, List<AttemptRow> accepted) {
    this.job = job;
    this.request = request;
    this.time = time;
    this.history = new UndoHistory(job, log, accepted);
    this.refused = new Refused(job);
  }

  /** Why some of it can't be; then nothing is done. */
  Refused refused() {
    return refused;
  }

  /** Empty where nothing of it is in the table, or not all of it can be put back. */
  Optional<TableUndo> work() {
    Optional<TableUndo> apart = isApart() ? apart() : Optional.empty();
    boolean fits =
        apart
            .filter(
                undo ->
                    undo.versions().allMatch(old -> ColumnFit.fits(history, old, history.latest())))
            .isPresent();
    Optional<TableUndo> undo = fits || isApart() && apart.isEmpty() ? apart : whole();
    return refused.isEmpty() ? undo : Optional.empty();
  }

  private boolean isApart() {
    return job.write() instanceof WriteSpec.Replace
        && !job.isOrdered()
        && job.every() != Cadence.NONE
        && job.shape().isPartitionedByInterval();
  }

  // ---- interval by interval

  /** What made an interval and is to be undone: neighbours in the interval's own history. */
  private record Block(Entry first, Optional<Entry> prior) {}

  private Optional<TableUndo> apart() {
    Map<Interval, Block> blocks = new LinkedHashMap<>();
    for (Interval interval : asked()) {
      block(interval).ifPresent(block -> blocks.put(interval, block));
    }
    if (blocks.isEmpty()) {
      return Optional.empty();
    }
    SortedMap<Long, IntervalSet> parts = new TreeMap<>();
    TreeMap<Interval, State> before = new TreeMap<>();
    List<Interval> unmade = new ArrayList<>();
    SortedMap<String, IntervalSet> accepted = new TreeMap<>();
    blocks.forEach(
        (interval, block) -> {
          if (block.prior().isEmpty() && history.beginsLate()) {
            refused.add(interval, untold());
          }
          parts.merge(version(block), IntervalSet.of(interval), IntervalSet::union);
          history
              .before(interval, block.first(), block.prior())
              .ifPresentOrElse(state -> before.put(interval, state), () -> unmade.add(interval));
          history
              .acceptedSince(block.first().version(), List.of(interval))
              .forEach((why, its) -> accepted.merge(why, its, IntervalSet::union));
        });
    refuseForeign(parts);
    return Optional.of(
        undo(
            false,
            OptionalLong.empty(),
            parts,
            before,
            unmade,
            new TableUndo.More(new TreeMap<>(), accepted)));
  }

  private SortedSet<Interval> asked() {
    SortedSet<Interval> asked = new TreeSet<>();
    for (Interval interval : history.intervals()) {
      boolean isAsked =
          request instanceof UndoRequest.OfTable table
              ? table.span().overlaps(interval)
              : history.of(interval).stream().anyMatch(entry -> request.isOf(entry.receipt()));
      if (isAsked) {
        asked.add(interval);
      }
    }
    return asked;
  }

  /** Empty where it was undone since. */
  private Optional<Block> block(Interval interval) {
    List<Entry> all = history.of(interval);
    int last = all.size() - 1;
    Entry newest = all.get(last);
    if (request instanceof UndoRequest.OfTable) {
      if (!holdsWhatWasMadeLast(all, interval)) {
        refused.add(
            interval,
            "undone already; to bring it back: sluice undo %s".formatted(newest.receipt().run()));
        return Optional.empty();
      }
      return Optional.of(new Block(newest, prior(all, last)));
    }
    if (!request.isOf(newest.receipt())) {
      boolean isUndo = newest.receipt().undone().isPresent();
      OptionalInt maker = isUndo ? maker(all, newest, interval) : OptionalInt.empty();
      if (maker.isEmpty()) {
        if (!isUndo) {
          refused.add(
              interval,
              "made again since by run %1$s; undo that first: sluice undo %1$s"
                  .formatted(newest.receipt().run()));
        }
        return Optional.empty();
      }
      last = maker.getAsInt();
    }
    int first = last;
    while (first > 0 && request.isOf(all.get(first - 1).receipt())) {
      first--;
    }
    return Optional.of(new Block(all.get(first), prior(all, first)));
  }

  /** Not where that was undone, unless the undo was undone, too. */
  private static boolean holdsWhatWasMadeLast(List<Entry> all, Interval interval) {
    Entry newest = all.get(all.size() - 1);
    if (newest.receipt().undone().isEmpty()) {
      return true;
    }
    long made =
        all.stream()
            .filter(entry -> entry.receipt().undone().isEmpty())
            .mapToLong(Entry::version)
            .max()
            .orElse(-1);
    return newest.after(interval).filter(state -> state.origin().version() == made).isPresent();
  }

  /** After later runs were undone, the rows are those of a run before again. */
  private OptionalInt maker(List<Entry> all, Entry undo, Interval interval) {
    Optional<State> state = undo.after(interval);
    for (int i = 0; i < all.size() && state.isPresent(); i++) {
      if (all.get(i).version() == state.get().origin().version()
          && request.isOf(all.get(i).receipt())) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static Optional<Entry> prior(List<Entry> all, int index) {
    return index == 0 ? Optional.empty() : Optional.of(all.get(index - 1));
  }

  /** From before the run, where the interval was the same then: it may have cleared the table. */
  private long version(Block block) {
    long first = history.firstOf(block.first().receipt().run());
    boolean sameBefore = block.prior().map(Entry::version).orElse(-1L) < first;
    return (sameBefore ? first : block.first().version()) - 1;
  }

  private void refuseForeign(SortedMap<Long, IntervalSet> parts) {
    for (Commit commit : history.foreignAfter(parts.firstKey())) {
      IntervalSet touched = touched(commit);
      parts.headMap(commit.version()).values().stream()
          .map(touched::intersect)
          .filter(both -> !both.isEmpty())
          .forEach(both -> refused.add(both, foreign(commit)));
    }
  }

  private IntervalSet touched(Commit commit) {
    if (commit.touchesUnknown() || job.shape().intervalBy().isEmpty()) {
      return IntervalSet.of(Interval.ALWAYS);
    }
    List<Interval> touched = new ArrayList<>();
    for (Map<String, String> partition : commit.partitions()) {
      touched.add(
          Optional.ofNullable(partition.get(job.shape().intervalBy().get()))
              .flatMap(value -> time.partition(value, job.every()))
              .map(job.every()::at)
              .orElse(Interval.ALWAYS));
    }
    return IntervalSet.of(touched);
  }

  // ---- the table as a whole

  private Optional<TableUndo> whole() {
    Set<Long> chain = history.chain();
    List<Entry> standing =
        history.entries().stream().filter(entry -> chain.contains(entry.version())).toList();
    OptionalLong first = firstToGo(standing);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    long version = first.getAsLong() - 1;
    TreeMap<Interval, State> now = history.at(Long.MAX_VALUE);
    TreeMap<Interval, State> then = history.at(version);
    SortedSet<Interval> changed = changed(now, then);
    // What no row is there of can't be taken back.
    changed.removeIf(
        interval ->
            !then.containsKey(interval)
                && Optional.ofNullable(now.get(interval))
                    .filter(history::isOnlyAccepted)
                    .isPresent());
    SortedMap<String, IntervalSet> later = new TreeMap<>();
    for (Entry entry : standing) {
      if (entry.version() > version) {
        if (isAsked(entry)) {
          changed.addAll(entry.receipt().intervals().split(job.every()));
        } else if (!entry.receipt().made().isEmpty()) {
          later.merge(entry.receipt().run(), entry.made(), IntervalSet::union);
        }
      }
    }
    for (Commit commit : history.foreignAfter(version)) {
      refused.add(Interval.ALWAYS, foreign(commit));
    }
    SortedMap<String, IntervalSet> accepted = history.acceptedSince(first.getAsLong(), changed);
    TreeMap<Interval, State> before = new TreeMap<>(then);
    before.keySet().retainAll(changed);
    changed.removeAll(before.keySet());
    if (history.beginsLate()) {
      changed.forEach(interval -> refused.add(interval, untold()));
    }
    SortedMap<Long, IntervalSet> parts = new TreeMap<>();
    parts.put(version, IntervalSet.of(Interval.ALWAYS));
    return Optional.of(
        undo(
            true,
            OptionalLong.of(version),
            parts,
            before,
            new ArrayList<>(changed),
            new TableUndo.More(later, accepted)));
  }

  private OptionalLong firstToGo(List<Entry> standing) {
    if (request instanceof UndoRequest.OfTable) {
      OptionalLong first = OptionalLong.empty();
      for (Interval interval : asked()) {
        for (Entry entry : standing) {
          if (entry.receipt().intervals().contains(interval) && isNewest(entry, interval)) {
            first = OptionalLong.of(Math.min(entry.version(), first.orElse(Long.MAX_VALUE)));
          }
        }
      }
      return first;
    }
    return standing.stream().filter(this::isAsked).mapToLong(Entry::version).min();
  }

  private boolean isAsked(Entry entry) {
    return request instanceof UndoRequest.OfTable table
        ? entry.receipt().intervals().split(job.every()).stream()
            .anyMatch(interval -> table.span().overlaps(interval) && isNewest(entry, interval))
        : request.isOf(entry.receipt());
  }

  private boolean isNewest(Entry entry, Interval interval) {
    List<Entry> all = history.of(interval);
    return !all.isEmpty() && all.get(all.size() - 1).version() == entry.version();
  }

  private static SortedSet<Interval> changed(Map<Interval, State> now, Map<Interval, State> then) {
    SortedSet<Interval> changed = new TreeSet<>(now.keySet());
    changed.addAll(then.keySet());
    changed.removeIf(interval -> maker(now, interval).equals(maker(then, interval)));
    return changed;
  }

  private static Optional<String> maker(Map<Interval, State> states, Interval interval) {
    return Optional.ofNullable(states.get(interval)).map(state -> state.origin().attempt());
  }

  // ---- both

  private TableUndo undo(
      boolean whole,
      OptionalLong version,
      SortedMap<Long, IntervalSet> parts,
      SortedMap<Interval, State> before,
      List<Interval> unmade,
      TableUndo.More more) {
    return new TableUndo(
        job,
        history.latest(),
        whole,
        parts,
        before.values().stream().map(State::made).toList(),
        new Undone(request.text(), version, origins(before), IntervalSet.of(unmade)),
        false,
        more);
  }

  private static List<Undone.Origin> origins(SortedMap<Interval, State> before) {
    Map<Undone.Origin, IntervalSet> origins = new LinkedHashMap<>();
    before.forEach(
        (interval, state) ->
            origins.merge(
                of(state.origin(), IntervalSet.EMPTY),
                IntervalSet.of(interval),
                IntervalSet::union));
    return origins.entrySet().stream()
        .map(entry -> of(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(Undone.Origin::version))
        .toList();
  }

  private static Undone.Origin of(Undone.Origin origin, IntervalSet intervals) {
    return new Undone.Origin(origin.version(), origin.attempt(), origin.definition(), intervals);
  }

  private static String foreign(Commit commit) {
    return "changed since by others (%s at version %d), which would be lost"
        .formatted(commit.operation(), commit.version());
  }

  private static String untold() {
    return "the table's log no longer tells what was there before";
  }
}
