package io.sluice.table;

import io.sluice.time.Interval;
import java.util.List;

/** Rows that a table can't take, and why. */
public final class TableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean concernsColumns;
  private final transient List<Interval> culprits;

  public TableException(String message, List<Interval> culprits) {
    this(message, false, culprits);
  }

  private TableException(String message, boolean concernsColumns, List<Interval> culprits) {
    super(message);
    this.concernsColumns = concernsColumns;
    this.culprits = List.copyOf(culprits);
  }

  /** Of the columns that are made, whatever is in them. */
  public static TableException ofColumns(String message) {
    return new TableException(message, true, List.of());
  }

  /** Whether it is the columns that don't fit, and not what is in them. */
  public boolean concernsColumns() {
    return concernsColumns;
  }

  /** The intervals whose rows these are; empty where that is not known. */
  public List<Interval> culprits() {
    return culprits;
  }
}
