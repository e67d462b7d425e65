package io.sluice.sql;

import io.sluice.time.Lookback;
import java.util.Optional;

/**
 * What the SQL of a job sees of one of its inputs.
 *
 * @param cutColumn the column that says which interval a row of the input belongs to; empty where
 *     the input knows no time
 * @param lookback how far before an interval {@link Sight#CUT_WITH_LOOKBACK} reaches; empty where
 *     that is not known, as for an input with longer intervals than the job's
 */
public record InputShape(Sight sight, Optional<String> cutColumn, Optional<Lookback> lookback) {

  /** Which rows of an input the SQL of a task gets. */
  public enum Sight {
    /** Those whose cut column lies in the task's intervals, no others. */
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

  public InputShape(Sight sight, Optional<String> cutColumn) {
    this(sight, cutColumn, Optional.empty());
  }
}
