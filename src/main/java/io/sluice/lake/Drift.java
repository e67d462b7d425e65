package io.sluice.lake;

import java.util.Locale;

/** What becomes of columns that a feed sends otherwise than its table has them. */
public enum Drift {
  /** New ones are added, and types become wider where no value is lost. */
  EVOLVE,
  /** What the table has no place for is kept in {@link #RESCUED}. */
  RESCUE,
  /** The interval fails. */
  FREEZE;

  /** STRING: values that have no column, as a JSON object; NULL where there are none. */
  public static final String RESCUED = "_rescued";

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
