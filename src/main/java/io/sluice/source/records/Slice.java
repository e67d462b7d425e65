package io.sluice.source.records;

import java.io.Serializable;

/**
 * A run of bytes of one file, for one reader.
 *
 * @param from first byte; a record that begins before it is another reader's
 * @param to byte after the last; a record that begins no later is read to its end
 * @param isWhole whether all of the file is meant, however many bytes it has when it is unpacked
 * @param interval start of the interval that the file belongs to, in microseconds
 */
record Slice(String file, long from, long to, boolean isWhole, long interval)
    implements Serializable {

  boolean isFirst() {
    return from == 0;
  }

  long lastStart() {
    return isWhole ? Long.MAX_VALUE : to;
  }

  long size() {
    return to - from;
  }
}
