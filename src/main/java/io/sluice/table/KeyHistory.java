package io.sluice.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one key, as intervals open, change and close them, and as they are taken back.
 * Times and intervals are numbers that order as they do.
 */
final class KeyHistory {
  /** Of a version that no interval has closed. */
  static final long NEVER = Long.MIN_VALUE;

  private final long openEnd;
  private final boolean[] tracked;
  private final List<Version> versions;

  /** What a row says: these values hold from then on. */
  record Change(long at, @Nullable Object[] values) {}

  /** What a version was before an interval changed it. */
  record Past(long interval, long to, long closed, @Nullable Object[] values) {}

  /** One version; holds from {@code from} to {@code to}, exclusive. */
  static final class Version {
    final long from;
    final long opened;
    long to;
    long closed;
    @Nullable Object[] values;
    List<Past> past;

    Version(
        long from, long to, long opened, long closed, @Nullable Object[] values, List<Past> past) {
      this.from = from;
      this.to = to;
      this.opened = opened;
      this.closed = closed;
      this.values = values;
      this.past = List.copyOf(past);
    }

    Version copy() {
      return new Version(from, to, opened, closed, values, past);
    }

    boolean isSame(Version other) {
      return from == other.from
          && to == other.to
          && opened == other.opened
          && closed == other.closed
          && Objects.deepEquals(values, other.values)
          && past.size() == other.past.size();
    }

    private Past before(long interval) {
      return new Past(interval, to, closed, values);
    }
  }

  /**
   * @param tracked whether a change of the value at this place opens a version
   */
  KeyHistory(long openEnd, boolean[] tracked, List<Version> versions) {
    this.openEnd = openEnd;
    this.tracked = tracked.clone();
    this.versions = new ArrayList<>();
    versions.forEach(version -> this.versions.add(version.copy()));
    this.versions.sort(Comparator.comparingLong(version -> version.from));
  }

  List<Version> versions() {
    return versions;
  }

  /** Undoes what this interval and later ones did. */
  void takeBack(long interval) {
    versions.removeIf(version -> version.opened >= interval);
    for (Version version : versions) {
      for (int i = 0; i < version.past.size(); i++) {
        Past past = version.past.get(i);
        if (past.interval() >= interval) {
          version.to = past.to();
          version.closed = past.closed();
          version.values = past.values();
          version.past = List.copyOf(version.past.subList(0, i));
        }
      }
      // To close an open version is the one change of which no past is kept.
      if (version.closed >= interval) {
        version.to = openEnd;
        version.closed = NEVER;
      }
    }
  }

  /** Takes in the rows of the next interval, in order of their time; at least one. */
  void apply(long interval, List<Change> changes) {
    Map<Version, Past> before = new IdentityHashMap<>();
    for (Version version : versions) {
      before.put(version, version.before(interval));
    }
    for (Change change : changes) {
      apply(interval, change);
    }
    before.forEach((version, past) -> remember(version, past));
  }

  /** Closes what is open: the interval has rows, and none of this key. */
  void closeAbsent(long interval, long at) {
    for (Version version : versions) {
      if (version.to == openEnd && version.from < at) {
        version.to = at;
        version.closed = interval;
      }
    }
  }

  private void apply(long interval, Change change) {
    int next = 0;
    while (next < versions.size() && versions.get(next).from <= change.at()) {
      next++;
    }
    Version holds = next == 0 ? null : versions.get(next - 1);
    if (holds == null || holds.to <= change.at()) {
      boolean isLast = next == versions.size();
      versions.add(
          next,
          new Version(
              change.at(),
              isLast ? openEnd : versions.get(next).from,
              interval,
              isLast ? NEVER : interval,
              change.values(),
              List.of()));
    } else if (holds.from == change.at() || isTrackedSame(holds.values, change.values())) {
      holds.values = change.values();
    } else {
      versions.add(
          next,
          new Version(change.at(), holds.to, interval, holds.closed, change.values(), List.of()));
      holds.to = change.at();
      holds.closed = interval;
    }
  }

  private void remember(Version version, Past past) {
    boolean sameValues = Objects.deepEquals(version.values, past.values());
    boolean sameEnd = version.to == past.to() && version.closed == past.closed();
    boolean onlyClosed = sameValues && past.to() == openEnd;
    if ((!sameValues || !sameEnd) && !onlyClosed) {
      List<Past> longer = new ArrayList<>(version.past);
      longer.add(past);
      version.past = List.copyOf(longer);
    }
  }

  private boolean isTrackedSame(@Nullable Object[] a, @Nullable Object[] b) {
    for (int i = 0; i < tracked.length; i++) {
      if (tracked[i] && !Objects.deepEquals(a[i], b[i])) {
        return false;
      }
    }
    return true;
  }
}
