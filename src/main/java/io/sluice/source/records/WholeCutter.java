package io.sluice.source.records;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** All of a file as one record. */
final class WholeCutter implements Cutter {

  /** A byte array holds no more. */
  private static final int MOST = Integer.MAX_VALUE - 64;

  private final InputStream text;
  private byte[] bytes = new byte[0];
  private boolean isRead;

  WholeCutter(InputStream text) {
    this.text = text;
  }

  @Override
  public boolean next() throws IOException {
    if (isRead) {
      return false;
    }
    isRead = true;
    bytes = text.readNBytes(MOST);
    if (bytes.length == MOST) {
      throw new IOException("the file is too long to be one value: more than 2 GB");
    }
    return bytes.length > 0;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int length() {
    return bytes.length;
  }

  @Override
  public long line() {
    return 1;
  }

  @Override
  public long offset() {
    return 0;
  }

  @Override
  public Optional<String> fault() {
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
