package io.sluice.plan;

/** The kinds of {@link io.sluice.ledger.JobFacts.Mark}. */
public final class MarkKinds {
  private MarkKinds() {}

  /** A commit touched what the interval reads. */
  public static final String INPUT_CHANGED = "input changed";

  /** Somebody else committed to the table. */
  public static final String FOREIGN = "foreign";

  /** An interval before it was made anew, which took back what this one did. */
  public static final String ORDER = "order";

  /** A backfill that has not ended. */
  public static final String FORCED = "forced";
}
