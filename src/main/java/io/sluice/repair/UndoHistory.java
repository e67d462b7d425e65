package io.sluice.repair;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.LogTail;
import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.Undone;
import io.sluice.lake.Job;
import io.sluice.ledger.AttemptRow;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which commit of a table's log made each of its intervals, and which undid that again; and what a
 * person counted as made in between, which is in no log.
 */
final class UndoHistory {
  private final Job job;
  private final LogTail log;
  private final List<AttemptRow> accepted;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Interval, List<Entry>> byInterval = new TreeMap<>();
  private final Map<String, Long> firstOfRun = new HashMap<>();

  /** A commit of ours. */
  record Entry(long version, Receipt receipt) {

    /** What it left of an interval; empty where it put it back to not made. */
    Optional<State> after(Interval interval) {
      return receipt.made().stream()
          .filter(made -> made.interval().equals(interval))
          .findFirst()
          .map(this::state);
    }

    private State state(Receipt.Made made) {
      return new State(
          made,
          receipt.undone().flatMap(undone -> undone.origin(made.interval())).orElse(own(made)));
    }

    private Undone.Origin own(Receipt.Made made) {
      return new Undone.Origin(
          version, receipt.attempt(), receipt.definition(), IntervalSet.of(made.interval()));
    }

    IntervalSet made() {
      return IntervalSet.of(receipt.made().stream().map(Receipt.Made::interval).toList());
    }

    /** Where it put all of the table back to. */
    OptionalLong putBackTo() {
      return receipt.undone().map(Undone::version).orElse(OptionalLong.empty());
    }
  }

  /** How an interval is made: with which counts, by which commit. */
  record State(Receipt.Made made, Undone.Origin origin) {}

  /**
   * @param accepted as the ledger tells it, in the order in which it was
   */
  UndoHistory(Job job, LogTail log, List<AttemptRow> accepted) {
    this.job = job;
    this.log = log;
    this.accepted = List.copyOf(accepted);
    for (Commit commit : log.commits()) {
      commit
          .receipt()
          .filter(receipt -> receipt.job().equals(job.name().toString()))
          .ifPresent(receipt -> add(new Entry(commit.version(), receipt)));
    }
  }

  private void add(Entry entry) {
    entries.add(entry);
    firstOfRun.putIfAbsent(entry.receipt().run(), entry.version());
    for (Interval interval : intervals(entry.receipt())) {
      byInterval.computeIfAbsent(interval, any -> new ArrayList<>()).add(entry);
    }
  }

  private List<Interval> intervals(Receipt receipt) {
    List<Interval> all =
        new ArrayList<>(receipt.made().stream().map(Receipt.Made::interval).toList());
    receipt.undone().ifPresent(undone -> all.addAll(undone.unmade().split(job.every())));
    if (receipt.anew()) {
      byInterval.keySet().stream().filter(cleared -> !all.contains(cleared)).forEach(all::add);
    }
    return all;
  }

  List<Entry> entries() {
    return entries;
  }

  /** Oldest first. */
  List<Entry> of(Interval interval) {
    return byInterval.getOrDefault(interval, List.of());
  }

  Set<Interval> intervals() {
    return byInterval.keySet();
  }

  long firstOf(String run) {
    return firstOfRun.getOrDefault(run, Long.MAX_VALUE);
  }

  long latest() {
    return log.latest().orElse(-1);
  }

  /** Whether what happened before the oldest commit is no longer told. */
  boolean beginsLate() {
    return !log.commits().isEmpty() && log.commits().get(0).version() > 0;
  }

  /** The versions that led to this state of the table: without those that were undone since. */
  Set<Long> chain() {
    Set<Long> chain = new HashSet<>();
    long last = Long.MAX_VALUE;
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      if (entry.version() <= last) {
        chain.add(entry.version());
        last = entry.putBackTo().orElse(last);
      }
    }
    return chain;
  }

  /** How an interval was made before a commit, of which {@code prior} is the one before it. */
  Optional<State> before(Interval interval, Entry commit, Optional<Entry> prior) {
    Optional<State> state = prior.flatMap(entry -> entry.after(interval));
    long since = prior.map(Entry::version).orElse(-1L);
    for (AttemptRow one : accepted) {
      boolean isBetween = since <= version(one) && version(one) < commit.version();
      if (isBetween && one.intervals().contains(interval)) {
        state = Optional.of(accepted(interval, state, one));
      }
    }
    return state;
  }

  /** By its reason, what a person counted as made when the table was at this version or a later. */
  SortedMap<String, IntervalSet> acceptedSince(long version, Collection<Interval> intervals) {
    SortedMap<String, IntervalSet> since = new TreeMap<>();
    for (AttemptRow one : accepted) {
      IntervalSet its = IntervalSet.of(intervals).intersect(one.intervals());
      if (version(one) >= version && !its.isEmpty()) {
        since.merge(one.message(), its, IntervalSet::union);
      }
    }
    return since;
  }

  /** Whether it counts as made, and no commit made it. */
  boolean isOnlyAccepted(State state) {
    return accepted.stream().anyMatch(one -> one.id().equals(state.origin().attempt()));
  }

  /** Rows stay what they are, and count as made by the definition of that time. */
  private static State accepted(Interval interval, Optional<State> rows, AttemptRow by) {
    IntervalSet one = IntervalSet.of(interval);
    return rows.map(
            state ->
                new State(
                    state.made(),
                    new Undone.Origin(
                        state.origin().version(), state.origin().attempt(), by.definition(), one)))
        .orElseGet(
            () ->
                new State(
                    new Receipt.Made(interval, 0, 0),
                    new Undone.Origin(version(by), by.id(), by.definition(), one)));
  }

  private static long version(AttemptRow accepted) {
    return accepted.version().orElse(-1L);
  }

  /** Adds what was accepted when the table was at one of these versions. */
  private void accept(TreeMap<Interval, State> states, long first, long last) {
    for (AttemptRow one : accepted) {
      if (first <= version(one) && version(one) <= last) {
        for (Interval interval : one.intervals().split(job.every())) {
          Optional<State> rows = Optional.ofNullable(states.get(interval));
          states.put(interval, accepted(interval, rows, one));
        }
      }
    }
  }

  /** How each interval is made at a version; of an ordered job, less what was taken back. */
  TreeMap<Interval, State> at(long version) {
    TreeMap<Interval, State> states = new TreeMap<>();
    long seen = -1;
    for (Entry entry : entries) {
      if (entry.version() > version) {
        break;
      }
      accept(states, seen, entry.version() - 1);
      seen = entry.version();
      Receipt receipt = entry.receipt();
      if (receipt.undone().isEmpty() && job.isOrdered() && job.every() != Cadence.NONE) {
        receipt
            .intervals()
            .span()
            .ifPresent(span -> states.keySet().removeIf(i -> !i.from().isBefore(span.to())));
      }
      for (Interval interval : intervals(receipt)) {
        entry
            .after(interval)
            .ifPresentOrElse(state -> states.put(interval, state), () -> states.remove(interval));
      }
    }
    accept(states, seen, version);
    return states;
  }

  /** Commits of others in {@code (version, latest]} that changed rows. */
  List<Commit> foreignAfter(long version) {
    return log.commits().stream()
        .filter(commit -> commit.version() > version && commit.changesData())
        .filter(
            commit ->
                commit
                    .receipt()
                    .filter(receipt -> receipt.job().equals(job.name().toString()))
                    .isEmpty())
        .toList();
  }

  /** The columns of a version; empty where no commit up to it says them any more. */
  Optional<Map<String, String>> columnsAt(long version) {
    Optional<Map<String, String>> columns = Optional.empty();
    for (Commit commit : log.commits()) {
      if (commit.version() <= version && commit.columns().isPresent()) {
        columns = commit.columns();
      }
    }
    return columns;
  }

  /** Whether a commit after the version gave the table other columns. */
  boolean changesColumnsAfter(long version) {
    return log.commits().stream()
        .anyMatch(commit -> commit.version() > version && commit.columns().isPresent());
  }
}
