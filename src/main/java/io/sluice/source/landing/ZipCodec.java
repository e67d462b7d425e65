package io.sluice.source.landing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionInputStream;
import org.apache.hadoop.io.compress.CompressionOutputStream;
import org.apache.hadoop.io.compress.Compressor;
import org.apache.hadoop.io.compress.Decompressor;
import org.jspecify.annotations.Nullable;

/** Reads a zip archive of one file as that file; Hadoop makes it by its name. */
public final class ZipCodec implements CompressionCodec {

  @Override
  public String getDefaultExtension() {
    return ".zip";
  }

  @Override
  public CompressionInputStream createInputStream(InputStream in) throws IOException {
    return new OneFile(in, new ZipInputStream(in));
  }

  @Override
  public CompressionInputStream createInputStream(
      InputStream in, @Nullable Decompressor decompressor) throws IOException {
    return createInputStream(in);
  }

  @Override
  public @Nullable Class<? extends Decompressor> getDecompressorType() {
    return null;
  }

  @Override
  public @Nullable Decompressor createDecompressor() {
    return null;
  }

  @Override
  public CompressionOutputStream createOutputStream(OutputStream out) {
    throw new UnsupportedOperationException("zip archives are only read");
  }

  @Override
  public CompressionOutputStream createOutputStream(
      OutputStream out, @Nullable Compressor compressor) {
    return createOutputStream(out);
  }

  @Override
  public @Nullable Class<? extends Compressor> getCompressorType() {
    return null;
  }

  @Override
  public @Nullable Compressor createCompressor() {
    return null;
  }

  /** The archive's only file. */
  private static final class OneFile extends CompressionInputStream {
    private final ZipInputStream zip;

    OneFile(InputStream in, ZipInputStream zip) throws IOException {
      super(in);
      this.zip = zip;
      if (!toNextFile()) {
        throw new IOException("the zip archive holds no file, or is none");
      }
    }

    private boolean toNextFile() throws IOException {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null && entry.isDirectory()) {
        entry = zip.getNextEntry();
      }
      return entry != null;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = zip.read(bytes, offset, length);
      if (read < 0 && toNextFile()) {
        throw new IOException("the zip archive holds more than one file; pack each by itself");
      }
      return read;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public void resetState() {
      throw new UnsupportedOperationException("a zip archive is read once");
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }
}
