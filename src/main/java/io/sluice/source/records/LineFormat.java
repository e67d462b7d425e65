package io.sluice.source.records;

import java.io.IOException;
import java.io.InputStream;

/** A format whose records are lines. */
public interface LineFormat extends RecordFormat {

  /** The name of how files' characters are written. */
  String encoding();

  /** Takes the lines of one slice apart. */
  RecordParser parser();

  @Override
  default String encoding(byte[] head) {
    return encoding();
  }

  @Override
  default boolean mayBeginAnywhere() {
    return true;
  }

  @Override
  default Records open(InputStream text, Extent extent) throws IOException {
    return new Records(new LineCutter(text, extent), parser());
  }
}
