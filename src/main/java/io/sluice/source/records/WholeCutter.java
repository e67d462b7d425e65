package io.sluice.source.records;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** All of a file as one record. */
final class WholeCutter extends CopyingCutter {

  /** A byte array holds no more. */
  private static final int MOST = Integer.MAX_VALUE - 64;

  private final InputStream text;
  private final long from;
  private boolean isRead;

  WholeCutter(InputStream text, Extent extent) {
    this.text = text;
    this.from = extent.from();
  }

  @Override
  public boolean next() throws IOException {
    if (isRead) {
      return false;
    }
    isRead = true;
    byte[] bytes = text.readNBytes(MOST);
    if (bytes.length == MOST) {
      throw new IOException("the file is too long to be one value: more than 2 GB");
    }
    hold(bytes, 1, from, Optional.empty());
    return bytes.length > 0;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
