package io.sluice.table;

import io.sluice.time.Interval;
import java.util.List;

/** Rows that a table can't take, and why. */
public final class TableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Interval> culprits;

  public TableException(String message, List<Interval> culprits) {
    super(message);
    this.culprits = List.copyOf(culprits);
  }

  /** The intervals whose rows these are; empty where that is not known. */
  public List<Interval> culprits() {
    return culprits;
  }
}
