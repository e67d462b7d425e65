package io.sluice.source.records;

import io.sluice.source.landing.ItemBytes;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;

/** Counts lines by their ends. */
final class Lines {
  private Lines() {}

  /** How many lines of the file end before the slice begins. */
  static long before(Slice slice, Configuration storage) throws IOException {
    if (slice.isFirst()) {
      return 0;
    }
    byte[] buffer = new byte[1 << 16];
    long left = slice.from();
    long lines = 0;
    boolean afterReturn = false;
    try (InputStream bytes = ItemBytes.open(slice.file(), 0, storage)) {
      while (left > 0) {
        int read = bytes.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          break;
        }
        for (int i = 0; i < read; i++) {
          boolean isFeed = buffer[i] == '\n';
          // A line that ends with CR LF ends once.
          lines += isFeed && afterReturn ? 0 : isFeed || buffer[i] == '\r' ? 1 : 0;
          afterReturn = buffer[i] == '\r';
        }
        left -= read;
      }
      // The line feed that belongs to it is the next slice's first line.
      return afterReturn && bytes.read() == '\n' ? lines - 1 : lines;
    }
  }
}
