package io.sluice.deltalog;

import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a task made, in the commit that published it ({@code commitInfo.userMetadata}, JSON under
 * {@code sluice}).
 *
 * @param job {@code layer.table}
 * @param reads version of each input's table that was read, by {@code layer.table}
 * @param made an entry for each interval of the task
 * @param sources of a task made from a source, for each entry of {@code made} a checksum of the
 *     items read; empty for others, and where there are too many
 * @param asked of a task made from a source that has no items: the query, the pages; for people
 * @param anew whether the table began anew with it: nothing is left of what was made before
 * @param undone of a commit that puts back what was there before; {@code made} is then what counts
 *     as made again, with the counts of that time
 */
public record Receipt(
    String lake,
    String job,
    String run,
    String attempt,
    String definition,
    Map<String, Long> reads,
    List<Made> made,
    List<String> sources,
    String asked,
    boolean anew,
    Optional<Undone> undone) {
  private static final int LONGEST = 4000;

  /** Of a task that was not made from a source. */
  public Receipt(
      String lake,
      String job,
      String run,
      String attempt,
      String definition,
      Map<String, Long> reads,
      List<Made> made) {
    this(lake, job, run, attempt, definition, reads, made, List.of(), "");
  }

  /** Of a task. */
  public Receipt(
      String lake,
      String job,
      String run,
      String attempt,
      String definition,
      Map<String, Long> reads,
      List<Made> made,
      List<String> sources,
      String asked) {
    this(lake, job, run, attempt, definition, reads, made, sources, asked, false, Optional.empty());
  }

  public Receipt {
    reads = Map.copyOf(reads);
    made = List.copyOf(made);
    sources = List.copyOf(sources);
    asked = asked.length() > LONGEST ? asked.substring(0, LONGEST - 1) + "…" : asked;
  }

  /** All that the commit is about: what it made, and what it put back to not made. */
  public IntervalSet intervals() {
    return own().union(unmade());
  }

  private IntervalSet own() {
    return IntervalSet.of(made.stream().map(Made::interval).toList());
  }

  /** What stands no more since: what it put back to not made, or all else where it began anew. */
  public IntervalSet takenBack() {
    return anew ? IntervalSet.of(Interval.ALWAYS).minus(own()) : unmade();
  }

  /** What it put back to not made. */
  public IntervalSet unmade() {
    return undone.map(Undone::unmade).orElse(IntervalSet.EMPTY);
  }

  /**
   * @param written rows published for the interval; for merge and SCD2, rows that the task made of
   *     it
   * @param quarantined rows turned away
   * @param hash what the rows published for the interval come to; empty where it was not taken, for
   *     merge and SCD2, and where the receipt would be too long
   */
  public record Made(
      Interval interval, long written, long quarantined, Optional<ContentHash> hash) {

    /** Without a hash. */
    public Made(Interval interval, long written, long quarantined) {
      this(interval, written, quarantined, Optional.empty());
    }
  }
}
