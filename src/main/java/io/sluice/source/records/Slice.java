package io.sluice.source.records;

import java.io.Serializable;

/**
 * A run of bytes of one file, for one reader.
 *
 * @param from first byte; a record that begins before it is another reader's
 * @param to byte after the last; a record that begins no later is read to its end
 * @param isWhole whether all of the file is meant, however many bytes it has when it is unpacked
 * @param interval start of the interval that the file belongs to, in microseconds
 * @param source what its rows say that they come from
 * @param receivedAt when they came, in microseconds; {@link #WHEN_WRITTEN} for the file's own time
 */
record Slice(
    String file, long from, long to, boolean isWhole, long interval, String source, long receivedAt)
    implements Serializable {
  static final long WHEN_WRITTEN = Long.MIN_VALUE;

  /** Of a file whose rows say no more than where they are. */
  Slice(String file, long from, long to, boolean isWhole, long interval) {
    this(file, from, to, isWhole, interval, file, WHEN_WRITTEN);
  }

  /** A part of a whole file. */
  Slice part(long first, long end) {
    return new Slice(file, first, end, false, interval, source, receivedAt);
  }

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
