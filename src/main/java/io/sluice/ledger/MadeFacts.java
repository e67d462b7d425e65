package io.sluice.ledger;

import io.sluice.deltalog.Receipt;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a published attempt tells the ledger.
 *
 * @param version of the job's table that the commit made
 * @param items by interval, what a source gave
 * @param early by whole input: intervals of the task that it had not passed
 * @param touched by input read: what its commits between the position known before and the version
 *     read touched, as the job's own intervals
 * @param refused intervals of the attempt that its commit does not have
 */
public record MadeFacts(
    Receipt receipt,
    long version,
    Map<Interval, List<SourceItem>> items,
    Map<String, IntervalSet> early,
    Map<String, Touched> touched,
    Optional<Refused> refused) {

  public MadeFacts {
    items = Map.copyOf(items);
    early = Map.copyOf(early);
    touched = Map.copyOf(touched);
  }

  /** Of an attempt that published all its intervals. */
  public MadeFacts(
      Receipt receipt,
      long version,
      Map<Interval, List<SourceItem>> items,
      Map<String, IntervalSet> early,
      Map<String, Touched> touched) {
    this(receipt, version, items, early, touched, Optional.empty());
  }

  /** The same of an attempt that left these out. */
  public MadeFacts without(Refused intervals) {
    return new MadeFacts(receipt, version, items, early, touched, Optional.of(intervals));
  }

  /**
   * Intervals that an attempt left out of its commit, because they failed.
   *
   * @param message what is wrong, where, what to do
   */
  public record Refused(IntervalSet intervals, String failureClass, String message) {}

  /**
   * The commits of an input in {@code (from, to]}; where others have read on, {@code from > to},
   * and they are those in {@code (to, from]}. What it does is told at {@link Ledger#attemptMade}.
   *
   * @param from the position when they were read; -1 where there was none
   * @param to the version that the attempt read
   * @param marks what they touched, as the job's own intervals
   */
  public record Touched(long from, long to, List<JobFacts.Mark> marks) {
    public Touched {
      marks = List.copyOf(marks);
    }
  }
}
