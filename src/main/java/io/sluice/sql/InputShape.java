package io.sluice.sql;

import java.util.Optional;

/**
 * What the SQL of a job sees of one of its inputs.
 *
 * @param cutColumn the column that says which interval a row of the input belongs to; empty where
 *     the input knows no time
 */
public record InputShape(Sight sight, Optional<String> cutColumn) {

  /** Which rows of an input the SQL of a task gets. */
  public enum Sight {
    /** Those of the task's intervals. */
    CUT,
    /** Those of the task's intervals and of some time before. */
    CUT_WITH_LOOKBACK,
    /** All; where there is a cut column, those before the task's end. */
    WHOLE,
    /** The versions of an SCD2 table that were known at the task's end. */
    AS_OF,
    /** Rows of the job's own table before the task's start. */
    SELF
  }

  public InputShape {
    if (sight == Sight.CUT && cutColumn.isEmpty()) {
      throw new IllegalArgumentException("an input without a cut column cannot be cut");
    }
  }
}
