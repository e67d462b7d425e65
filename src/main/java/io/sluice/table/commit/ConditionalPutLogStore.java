package io.sluice.table.commit;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * Versions of tables on S3: an object is put only where there is none of its name (If-None-Match),
 * which S3 itself decides. Delta's own store asks first and puts then, within one process.
 */
public final class ConditionalPutLogStore extends HadoopFileSystemLogStore {
  private static final int TRIES = 3;

  public ConditionalPutLogStore(Configuration hadoopConf) {
    super(hadoopConf);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoopConf)
      throws IOException {
    FileSystem files = path.getFileSystem(hadoopConf);
    // All of it first: to close a stream is to publish what came so far.
    byte[] content = content(actions);
    if (overwrite) {
      put(files.create(path, true), content);
    } else {
      putNew(files, path, content);
    }
  }

  /** An object is there as a whole or not at all. */
  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration hadoopConf) {
    return false;
  }

  private static byte[] content(Iterator<String> actions) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (actions.hasNext()) {
      content.write(actions.next().getBytes(StandardCharsets.UTF_8));
      content.write('\n');
    }
    return content.toByteArray();
  }

  /**
   * Whatever the failure is, the object may be there: another's, or our own, where the answer to a
   * first request was lost and a second one found it. Each commit has an id in it, so that no two
   * are alike.
   */
  private static void putNew(FileSystem files, Path path, byte[] content) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path);
        builder.create();
        builder.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
        put(builder.build(), content);
        return;
      } catch (IOException e) {
        Optional<byte[]> there = read(files, path, e);
        if (there.isEmpty() && (tries == TRIES || !isPassing(e))) {
          throw e;
        }
        if (there.isPresent()) {
          if (Arrays.equals(there.get(), content)) {
            return;
          }
          throw taken(path, e);
        }
      }
    }
  }

  private static void put(FSDataOutputStream out, byte[] content) throws IOException {
    try {
      out.write(content);
    } catch (IOException | RuntimeException e) {
      out.abort();
      throw e;
    }
    out.close();
  }

  private static Optional<byte[]> read(FileSystem files, Path path, IOException failure)
      throws IOException {
    try (InputStream in = files.open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException none) {
      return Optional.empty();
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  /** A condition that failed, though nothing is there: another's request was under way. */
  private static boolean isPassing(IOException failure) {
    String name = failure.getClass().getSimpleName();
    return name.equals("RemoteFileChangedException")
        || String.valueOf(failure.getMessage()).contains("Status Code: 409");
  }

  private static FileAlreadyExistsException taken(Path path, IOException cause) {
    FileAlreadyExistsException taken = new FileAlreadyExistsException(path.toString());
    taken.initCause(cause);
    return taken;
  }
}
