package io.sluice.source.records;

import io.sluice.source.landing.ItemBytes;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** One slice that is being read, and what its rows have in common. */
final class SliceText implements Closeable {

  private static final int HEAD = 256;
  private static final long MOST_COUNTED = 1L << 30;

  private final Slice slice;
  private final Configuration storage;
  private final Cutter cutter;
  private final RecordParser parser;
  private final String unit;
  private final boolean wasTranscoded;
  private final UTF8String source;
  private final long receivedAt;
  private long linesBefore = -1;

  private SliceText(
      Slice slice,
      Configuration storage,
      Records records,
      String unit,
      boolean wasTranscoded,
      long receivedAt) {
    this.slice = slice;
    this.storage = storage;
    this.cutter = records.cutter();
    this.parser = records.parser();
    this.unit = unit;
    this.wasTranscoded = wasTranscoded;
    this.source = UTF8String.fromString(slice.source());
    this.receivedAt = receivedAt;
  }

  static SliceText open(RecordFormat format, Slice slice, Configuration storage)
      throws IOException {
    long receivedAt = receivedAt(slice, storage);
    InputStream file = ItemBytes.open(slice.file(), slice.from(), storage);
    try {
      PushbackInputStream bytes = new PushbackInputStream(file, HEAD);
      byte[] head = slice.isFirst() ? bytes.readNBytes(HEAD) : new byte[0];
      bytes.unread(head);
      Charset encoding = Charset.forName(format.encoding(head));
      PushbackInputStream text = Utf8.of(bytes, encoding);
      return new SliceText(
          slice,
          storage,
          format.open(text, extent(slice, text)),
          format.unit(),
          !Utf8.isWrittenSo(encoding),
          receivedAt);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw named(slice, e);
    }
  }

  private static long receivedAt(Slice slice, Configuration storage) throws IOException {
    if (slice.receivedAt() != Slice.WHEN_WRITTEN) {
      return slice.receivedAt();
    }
    Path path = new Path(slice.file());
    return TimeUnit.MILLISECONDS.toMicros(
        path.getFileSystem(storage).getFileStatus(path).getModificationTime());
  }

  private static Extent extent(Slice slice, PushbackInputStream text) throws IOException {
    if (!slice.isFirst()) {
      return new Extent(slice.from(), slice.lastStart(), false);
    }
    int mark = Utf8.skipMark(text);
    // A slice that ends inside the mark has the record behind it: the next begins with another.
    return new Extent(mark, Math.max(mark, slice.lastStart()), true);
  }

  boolean next() throws IOException {
    try {
      return cutter.next();
    } catch (IOException | RuntimeException e) {
      throw named(slice, e);
    }
  }

  Parsed parse(@Nullable Object[] values) throws IOException {
    if (cutter.fault().isPresent()) {
      return new Parsed.Fault(cutter.fault().get());
    }
    int bad = Utf8.firstFault(cutter.bytes(), cutter.length(), wasTranscoded);
    if (bad >= 0) {
      return new Parsed.Fault(
          "character %,d can't be read in the encoding that was given".formatted(bad + 1));
    }
    try {
      return parser.parse(cutter.bytes(), cutter.length(), values);
    } catch (RuntimeException e) {
      throw named(slice, e);
    }
  }

  /** As near to the record as UTF-8 can be. */
  UTF8String shown() {
    return UTF8String.fromString(
        new String(cutter.bytes(), 0, cutter.length(), StandardCharsets.UTF_8));
  }

  UTF8String source() {
    return source;
  }

  long receivedAt() {
    return receivedAt;
  }

  long interval() {
    return slice.interval();
  }

  /** The line; in a later slice its number takes a look at all bytes before, if not too many. */
  String place() throws IOException {
    if (slice.from() > MOST_COUNTED) {
      return "byte " + cutter.offset();
    }
    if (linesBefore < 0) {
      linesBefore = Lines.before(slice, storage);
    }
    return unit + " " + (linesBefore + cutter.line());
  }

  /** The line, or in a later slice the byte. */
  long quickPlace() {
    return slice.isFirst() ? cutter.line() : -1 - cutter.offset();
  }

  /** Spark does not say which file a reader was at. */
  private static IOException named(Slice slice, Exception e) {
    return new IOException(slice.file() + ": " + e.getMessage(), e);
  }

  @Override
  public void close() throws IOException {
    cutter.close();
  }
}
