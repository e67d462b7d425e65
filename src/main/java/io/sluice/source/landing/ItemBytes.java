package io.sluice.source.landing;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Opens files of any storage, unpacked as their names say. */
public final class ItemBytes {
  private ItemBytes() {}

  public static InputStream open(String id, Configuration storage) throws IOException {
    return open(id, 0, storage);
  }

  /**
   * @param from first byte; 0 where the file is packed
   */
  public static InputStream open(String id, long from, Configuration storage) throws IOException {
    Path path = new Path(id);
    CompressionCodec codec = new CompressionCodecFactory(storage).getCodec(path);
    FSDataInputStream bytes = path.getFileSystem(storage).open(path);
    try {
      bytes.seek(from);
      return codec == null ? bytes : codec.createInputStream(bytes);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  public static boolean isPacked(String id, Configuration storage) {
    return new CompressionCodecFactory(storage).getCodec(new Path(id)) != null;
  }
}
