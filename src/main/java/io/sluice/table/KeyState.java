package io.sluice.table;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The row of one key as the rows of a merge are applied to it one after the other.
 *
 * @param sequence place of the value that orders rows; -1 where rows come in their order
 * @param keepNulls whether a NULL takes the value of the row before
 */
record KeyState(int sequence, boolean keepNulls) implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * A row of the batch.
   *
   * @param tie orders rows that nothing else does
   */
  record Change(long interval, long tie, boolean deletes, @Nullable Object[] values) {}

  /** The row after the changes, and none where there is none. */
  @Nullable Object @Nullable [] apply(@Nullable Object @Nullable [] row, List<Change> changes) {
    @Nullable Object @Nullable [] state = row;
    List<Change> inOrder =
        changes.stream()
            .sorted(
                Comparator.comparingLong(Change::interval)
                    .thenComparing(this::bySequence)
                    .thenComparingLong(Change::tie))
            .toList();
    for (Change change : inOrder) {
      if (state != null && compare(change.values(), state) < 0) {
        continue;
      }
      state = change.deletes() ? null : filled(change.values(), state);
    }
    return state;
  }

  private int bySequence(Change a, Change b) {
    return compare(a.values(), b.values());
  }

  @SuppressWarnings("unchecked") // both are values of one column, whose type can be ordered
  private int compare(@Nullable Object[] a, @Nullable Object[] b) {
    if (sequence < 0) {
      return 0;
    }
    Object left = a[sequence];
    Object right = b[sequence];
    if (left == null || right == null) {
      return Boolean.compare(left != null, right != null);
    }
    return ((Comparable<Object>) left).compareTo(right);
  }

  private @Nullable Object[] filled(@Nullable Object[] row, @Nullable Object @Nullable [] before) {
    if (!keepNulls || before == null) {
      return row;
    }
    @Nullable Object[] filled = row.clone();
    for (int i = 0; i < filled.length; i++) {
      filled[i] = filled[i] == null ? before[i] : filled[i];
    }
    return filled;
  }
}
