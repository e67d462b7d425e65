package io.sluice.source.files;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Opens files of any storage, unpacked as their names say. */
final class ItemBytes {
  private ItemBytes() {}

  static InputStream open(String id, Configuration storage) throws IOException {
    Path path = new Path(id);
    CompressionCodec codec = new CompressionCodecFactory(storage).getCodec(path);
    InputStream bytes = path.getFileSystem(storage).open(path);
    try {
      return codec == null ? bytes : codec.createInputStream(bytes);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  static boolean isPacked(String id, Configuration storage) {
    return new CompressionCodecFactory(storage).getCodec(new Path(id)) != null;
  }
}
