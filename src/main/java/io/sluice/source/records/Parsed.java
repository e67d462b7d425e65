package io.sluice.source.records;

/** What was found in a record. */
public sealed interface Parsed {

  /** The values of a row, which were put where they belong. */
  Parsed ROW = new Row();

  /** No row and no fault either, as a comment. */
  Parsed NOTHING = new Nothing();

  /** A row's values are there. */
  record Row() implements Parsed {}

  /** Nothing to keep. */
  record Nothing() implements Parsed {}

  /**
   * The record can't be read.
   *
   * @param why as a person would say it
   */
  record Fault(String why) implements Parsed {}
}
