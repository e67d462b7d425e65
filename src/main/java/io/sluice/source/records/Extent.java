package io.sluice.source.records;

/**
 * Which part of a file's text is meant.
 *
 * @param from where the text begins in its file, behind a byte-order mark
 * @param to records that begin later are not wanted
 * @param isFirst whether nothing stands before; else the text may begin in the middle of a record
 */
public record Extent(long from, long to, boolean isFirst) {

  /** All of a text. */
  public static final Extent WHOLE = new Extent(0, Long.MAX_VALUE, true);
}
