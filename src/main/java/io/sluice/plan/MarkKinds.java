package io.sluice.plan;

import io.sluice.ledger.JobFacts;
import io.sluice.time.IntervalSet;

/** The kinds of {@link io.sluice.ledger.JobFacts.Mark}. */
public final class MarkKinds {
  private MarkKinds() {}

  /** What is in the table: made, and not taken back since by the making of an interval before. */
  public static IntervalSet standing(JobFacts facts) {
    return facts
        .made()
        .minus(
            IntervalSet.of(
                facts.stale().stream()
                    .filter(mark -> mark.kind().equals(ORDER))
                    .map(JobFacts.Mark::interval)
                    .toList()));
  }

  /** A commit touched what the interval reads. */
  public static final String INPUT_CHANGED = "input changed";

  /** Somebody else committed to the table: what it holds there is not made over by itself. */
  public static final String FOREIGN = "foreign";

  /** Commits to the table that nobody can read any more. */
  public static final String UNREAD = "unread";

  /** An interval before it was made anew, which took back what this one did. */
  public static final String ORDER = "order";

  /** A backfill that has not ended. */
  public static final String FORCED = "forced";
}
