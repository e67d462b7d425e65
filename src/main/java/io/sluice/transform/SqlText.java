package io.sluice.transform;

import io.sluice.lake.Origin;

/**
 * SQL and where it is written.
 *
 * @param at the file, and its line at which the text starts
 */
public record SqlText(String text, Origin at) {

  /** The place of a line of the text, from 1. */
  public Origin line(int line) {
    return new Origin(at.file(), at.line() + line - 1);
  }
}
