package io.sluice.source.records;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Finds the records in a file's text, one after the other. */
public interface Cutter extends Closeable {

  /** Longer ones are not taken apart: they are a broken file sooner than a record. */
  int LONGEST = 16 << 20;

  /** The fault of being longer, where it is. */
  static Optional<String> tooLong(String what, long length) {
    return length > LONGEST ? Optional.of(tooLong(what)) : Optional.empty();
  }

  static String tooLong(String what) {
    return "%s is longer than %,d bytes".formatted(what, LONGEST);
  }

  /** Goes to the next record; false at the end. */
  boolean next() throws IOException;

  /** UTF-8: the record begins with the first byte; valid until the next one. */
  byte[] bytes();

  int length();

  /** On which line the record begins, counted from the slice's beginning with 1. */
  long line();

  /** Where the record begins: bytes from the file's beginning, unpacked and as UTF-8. */
  long offset();

  /** Why this can't be a record; it is turned away without being taken apart. */
  Optional<String> fault();
}
