package io.sluice.repair;

import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.Undone;
import io.sluice.lake.Job;
import io.sluice.time.IntervalSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * What one commit will put back in one table.
 *
 * @param base the table's version when this was worked out
 * @param whole whether all of the table goes back, for its rows can't be told apart by interval
 * @param parts by version, the intervals that go back to it; -1 for the time before there was a
 *     table
 * @param made what counts as made again, with the counts of that time
 * @param undone for the receipt
 * @param needsOldFiles whether a file is needed that left the table so long ago that it is no
 *     longer promised to stay
 * @param more what nobody asked for
 */
public record TableUndo(
    Job job,
    long base,
    boolean whole,
    SortedMap<Long, IntervalSet> parts,
    List<Receipt.Made> made,
    Undone undone,
    boolean needsOldFiles,
    More more) {

  public TableUndo {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    made = List.copyOf(made);
  }

  /**
   * What goes with what is to be undone.
   *
   * @param later by run, intervals that it made afterwards
   * @param accepted by reason, intervals that a person counted as made afterwards
   */
  public record More(
      SortedMap<String, IntervalSet> later, SortedMap<String, IntervalSet> accepted) {
    public More {
      later = Collections.unmodifiableSortedMap(new TreeMap<>(later));
      accepted = Collections.unmodifiableSortedMap(new TreeMap<>(accepted));
    }

    boolean isNone() {
      return later.isEmpty() && accepted.isEmpty();
    }
  }

  /** The same of a table that is at another version. */
  TableUndo lookedAt(long version) {
    return new TableUndo(job, version, whole, parts, made, undone, needsOldFiles, more);
  }

  /** The same, known to need such files or not. */
  TableUndo needingOldFiles(boolean needs) {
    return new TableUndo(job, base, whole, parts, made, undone, needs, more);
  }

  /** Those that count as made again. */
  public IntervalSet restored() {
    return IntervalSet.of(made.stream().map(Receipt.Made::interval).toList());
  }

  /** All whose rows may be others afterwards. */
  public IntervalSet touched() {
    return restored().union(undone.unmade());
  }

  /** The versions that are gone back to. */
  LongStream versions() {
    return parts.keySet().stream().mapToLong(Long::longValue).filter(version -> version >= 0);
  }

  /** Those that go back to each version, as people read it. */
  public String back() {
    return parts.entrySet().stream()
        .map(part -> version(part, parts.size() == 1))
        .reduce((one, other) -> one + "; " + other)
        .orElse("");
  }

  private String version(Map.Entry<Long, IntervalSet> part, boolean alone) {
    String version = part.getKey() < 0 ? "before the table" : "version " + part.getKey();
    return alone ? version : job.every().name(part.getValue()) + " " + version;
  }
}
