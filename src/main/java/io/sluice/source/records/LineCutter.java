package io.sluice.source.records;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;

/** A line a record; lines end with LF, CR or both. */
public final class LineCutter implements Cutter {

  private static final int BUFFER = 1 << 16;

  private final LineReader lines;
  private final long to;
  private final Text text = new Text();
  private long line;
  private long offset;
  private long next;

  public LineCutter(InputStream text, Extent extent) throws IOException {
    this.lines = new LineReader(text, BUFFER);
    this.to = extent.to();
    this.next = extent.from();
    if (!extent.isFirst()) {
      // Who reads the bytes before reads this line to its end, and one that begins right here too.
      next += lines.readLine(this.text, 0, Integer.MAX_VALUE);
      line++;
    }
  }

  /**
   * @param separator what ends a line of the whole text, and nothing else does
   */
  LineCutter(InputStream text, Extent extent, String separator) {
    this.lines = new LineReader(text, BUFFER, separator.getBytes(StandardCharsets.UTF_8));
    this.to = extent.to();
    this.next = extent.from();
  }

  @Override
  public boolean next() throws IOException {
    if (next > to) {
      return false;
    }
    int read = lines.readLine(text, LONGEST + 1, Integer.MAX_VALUE);
    if (read == 0) {
      return false;
    }
    offset = next;
    next += read;
    line++;
    return true;
  }

  @Override
  public byte[] bytes() {
    return text.getBytes();
  }

  @Override
  public int length() {
    return text.getLength();
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
    return Cutter.tooLong("the line", text.getLength());
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
