package io.sluice.source.files;

import io.sluice.source.records.ByteWindow;
import io.sluice.source.records.Cutter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lines whose quoted values may span lines. A quote without an end is a fault of its own line
 * alone: the lines after it are read.
 */
final class CsvCutter implements Cutter {

  private final ByteWindow window;
  private final byte[] separator;
  private final int quote;
  private final int escape;
  private long next;
  private long counted;
  private long line = 1;
  private long offset;
  private byte[] bytes = new byte[0];
  private boolean isOpen;

  CsvCutter(InputStream text, CsvDialect dialect) {
    this.window = new ByteWindow(text);
    this.separator = dialect.separator().getBytes(StandardCharsets.UTF_8);
    this.quote = dialect.quote();
    this.escape = dialect.escape();
  }

  @Override
  public boolean next() throws IOException {
    line += window.lines(counted, next);
    counted = next;
    window.letGo(next);
    if (window.at(next) < 0) {
      return false;
    }
    offset = next;
    long end = end(next, true);
    isOpen = end < 0;
    if (isOpen) {
      end = end(next, false);
    }
    bytes = window.copy(next, end);
    next = behindEnd(end);
    return true;
  }

  /**
   * Where the record ends; -1 where a quote does not.
   *
   * @param hasQuotes whether what stands in quotes ends nothing
   */
  private long end(long from, boolean hasQuotes) throws IOException {
    boolean isQuoted = false;
    boolean isStart = true;
    for (long at = from; ; at++) {
      int letter = window.at(at);
      if (letter < 0) {
        return isQuoted ? -1 : at;
      }
      if (isQuoted) {
        if (letter == escape && window.at(at + 1) == quote) {
          at++;
        } else if (letter == quote) {
          isQuoted = false;
        } else if (at - from > LONGEST) {
          return -1;
        }
      } else if (letter == '\n' || letter == '\r') {
        return at;
      } else if (hasQuotes && isStart && letter == quote && quote != 0) {
        isQuoted = true;
        isStart = false;
      } else if (isSeparator(at)) {
        at += separator.length - 1;
        isStart = true;
      } else {
        isStart = false;
      }
    }
  }

  private boolean isSeparator(long at) throws IOException {
    for (int i = 0; i < separator.length; i++) {
      if (window.at(at + i) != (separator[i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  private long behindEnd(long end) throws IOException {
    if (window.at(end) < 0) {
      return end;
    }
    return window.at(end) == '\r' && window.at(end + 1) == '\n' ? end + 2 : end + 1;
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
    return line;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public Optional<String> fault() {
    if (bytes.length > LONGEST) {
      return Optional.of("the line is longer than %,d bytes".formatted(LONGEST));
    }
    return isOpen ? Optional.of("a quote of the line has no end") : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
