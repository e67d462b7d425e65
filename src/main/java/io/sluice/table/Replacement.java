package io.sluice.table;

import java.util.OptionalLong;

/**
 * Rows that are to take the place of a slice of a table.
 *
 * @param base version that is replaced; empty where there is no table yet
 * @param shape of the table afterwards
 * @param anew whether the table takes this shape whatever its own is
 */
record Replacement(
    String path,
    OptionalLong base,
    TableShape shape,
    Slice slice,
    Counting counting,
    String attempt,
    boolean anew) {

  boolean isPartitioned() {
    return slice instanceof Slice.Span span
        && shape.partitionBy().stream().anyMatch(span.column().name()::equalsIgnoreCase);
  }
}
