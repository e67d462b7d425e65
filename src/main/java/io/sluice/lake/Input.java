package io.sluice.lake;

import io.sluice.time.Lookback;

/**
 * How a job sees one of its inputs.
 *
 * @param follow whether a change of a whole input remakes what was made from it
 */
public record Input(
    TableName table, Sight sight, Lookback lookback, boolean follow, Origin origin) {

  /** Which rows of an input a task gets. */
  public enum Sight {
    /** Those of the intervals that the task's, made longer by the lookback, overlap. Required. */
    CUT,
    /** All, waited for up to the task's end. */
    WHOLE,
    /** All of an SCD2 table that were known at the task's end, waited for. */
    AS_OF,
    /** Of the job's own table, those of the intervals before the task. */
    SELF;

    public boolean isCut() {
      return this == CUT;
    }
  }
}
