package io.sluice.source.records;

import java.util.Optional;

/** A cutter that hands out a copy of each record. */
public abstract class CopyingCutter implements Cutter {

  private byte[] bytes = new byte[0];
  private long line;
  private long offset;
  private Optional<String> fault = Optional.empty();

  /** Makes this the record at hand. */
  protected final void hold(byte[] record, long atLine, long atOffset, Optional<String> why) {
    bytes = record;
    line = atLine;
    offset = atOffset;
    fault = why;
  }

  @Override
  public final byte[] bytes() {
    return bytes;
  }

  @Override
  public final int length() {
    return bytes.length;
  }

  @Override
  public final long line() {
    return line;
  }

  @Override
  public final long offset() {
    return offset;
  }

  @Override
  public final Optional<String> fault() {
    return fault;
  }
}
