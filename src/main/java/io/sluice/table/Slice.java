package io.sluice.table;

import io.sluice.time.Interval;

/** Which rows of a table the staged ones take the place of. */
sealed interface Slice {

  /** All of them. */
  record Whole() implements Slice {}

  /** Those of a span. */
  record Span(IntervalColumn column, Interval interval) implements Slice {}
}
