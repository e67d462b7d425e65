package io.sluice.source.records;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The part of a stream that is still of use, by positions in the whole. */
public final class ByteWindow implements Closeable {

  /** No more than this is kept, so that a file without tags is no danger. */
  private static final int MOST = 2 * Cutter.LONGEST;

  private final InputStream in;
  private byte[] bytes = new byte[1 << 16];
  private long first;
  private int size;
  private boolean isAtEnd;
  private boolean isFull;

  /**
   * @param from position of the stream's first byte
   */
  public ByteWindow(InputStream in, long from) {
    this.in = in;
    this.first = from;
  }

  /** The byte at a position that was not let go; -1 behind the end. */
  public int at(long position) throws IOException {
    long index = position - first;
    return index < size || fill(position) ? bytes[(int) (position - first)] & 0xFF : -1;
  }

  /** The next position of a byte; -1 where there is none. */
  public long find(char wanted, long from) throws IOException {
    long position = from;
    while (at(position) >= 0) {
      int end = size;
      for (int i = (int) (position - first); i < end; i++) {
        if (bytes[i] == wanted) {
          return first + i;
        }
      }
      position = first + end;
    }
    return -1;
  }

  /** The position behind the next such text; -1 where there is none. */
  public long behind(String text, long from) throws IOException {
    long position = from;
    while (true) {
      long found = find(text.charAt(0), position);
      if (found < 0 || stands(text, found)) {
        return found < 0 ? -1 : found + text.length();
      }
      position = found + 1;
    }
  }

  /** Whether the text, of ASCII, stands there. */
  public boolean stands(String text, long position) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      if (at(position + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  public byte[] copy(long from, long to) {
    return Arrays.copyOfRange(bytes, (int) (from - first), (int) (to - first));
  }

  public String text(long from, long to) {
    return new String(bytes, (int) (from - first), (int) (to - from), StandardCharsets.UTF_8);
  }

  /** How many lines end in between. */
  public long lines(long from, long to) {
    long lines = 0;
    for (int i = (int) (from - first); i < to - first; i++) {
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  /** Whether reading stopped because what is kept is all that may be. */
  public boolean isFull() {
    return isFull;
  }

  /** Where what was read ends. */
  public long end() {
    return first + size;
  }

  /** What stands before will not be asked for again. */
  public void letGo(long position) {
    int gone = (int) (position - first);
    // Moving what is left costs as much as what is gone saves.
    if (gone > bytes.length / 2) {
      System.arraycopy(bytes, gone, bytes, 0, size - gone);
      first = position;
      size -= gone;
      isFull = false;
    }
  }

  private boolean fill(long position) throws IOException {
    while (!isAtEnd && !isFull && position >= first + size) {
      if (size == bytes.length && size >= MOST) {
        isFull = true;
        return false;
      }
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
      }
      int read = in.read(bytes, size, bytes.length - size);
      isAtEnd = read < 0;
      size += Math.max(0, read);
    }
    return position < first + size;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
