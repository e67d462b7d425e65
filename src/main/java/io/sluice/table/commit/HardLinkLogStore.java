package io.sluice.table.commit;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Versions of tables on a local file system: a file is written aside, brought to the disk, and gets
 * its name as a hard link, which fails where the name is taken. Delta's own store asks first and
 * renames then, which two processes can do both.
 */
public class HardLinkLogStore extends HadoopFileSystemLogStore {
  private static final String ASIDE = ".tmp";

  /** What a killed writer left is older than this; what one is at is younger. */
  private static final Duration OLD = Duration.ofHours(1);

  private static final Set<java.nio.file.Path> CLEANED = ConcurrentHashMap.newKeySet();

  public HardLinkLogStore(Configuration hadoopConf) {
    super(hadoopConf);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoopConf)
      throws IOException {
    java.nio.file.Path file = local(path, hadoopConf);
    java.nio.file.Path folder = file.resolveSibling(".").normalize();
    if (!Files.isDirectory(folder)) {
      throw new FileNotFoundException("No such file or directory: " + folder);
    }
    if (!overwrite && Files.exists(file)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    // Delta asks for names from a digit on; a dot comes before.
    java.nio.file.Path aside =
        folder.resolve(".%s.%s%s".formatted(file.getFileName(), UUID.randomUUID(), ASIDE));
    try {
      fill(aside, actions);
      // Of a file that Hadoop wrote before; it would be read as the sum of this one.
      Files.deleteIfExists(folder.resolve("." + file.getFileName() + ".crc"));
      if (overwrite) {
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      } else {
        publish(aside, file);
      }
    } finally {
      deleteIfPossible(aside);
    }
    syncIfPossible(folder);
    if (CLEANED.add(folder)) {
      deleteOld(folder, file);
    }
  }

  /** Of the checkpoints that Delta writes by itself: where it would else write into their place. */
  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration hadoopConf) {
    return true;
  }

  private static java.nio.file.Path local(Path path, Configuration hadoopConf) throws IOException {
    return java.nio.file.Path.of(
        path.getFileSystem(hadoopConf).makeQualified(path).toUri().getPath());
  }

  private static void fill(java.nio.file.Path file, Iterator<String> actions) throws IOException {
    try (FileOutputStream disk = new FileOutputStream(file.toFile());
        OutputStream out = new BufferedOutputStream(disk)) {
      while (actions.hasNext()) {
        out.write(actions.next().getBytes(StandardCharsets.UTF_8));
        out.write('\n');
      }
      out.flush();
      disk.getFD().sync();
    }
  }

  private void publish(java.nio.file.Path aside, java.nio.file.Path file) throws IOException {
    try {
      link(file, aside);
    } catch (IOException | UnsupportedOperationException e) {
      if (!Files.exists(file)) {
        throw refused(file, e);
      }
      // Over a network the answer to the first try may be lost, and the second finds our own.
      if (!Files.isSameFile(aside, file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
    }
  }

  /** Gives a file another name. */
  void link(java.nio.file.Path name, java.nio.file.Path file) throws IOException {
    Files.createLink(name, file);
  }

  private static IOException refused(java.nio.file.Path file, Exception cause) {
    IOException refused =
        new IOException(
            ("%s can't be published as a hard link (%s). Where the file system has none, put the table"
                    + " elsewhere, or set \"%s\" = \"io.delta.storage.HDFSLogStore\" under `spark` of"
                    + " lake.conf and let no two drivers write to the lake without one ledger")
                .formatted(file, cause, SafeCommits.key("file")));
    refused.addSuppressed(cause);
    return refused;
  }

  /** The commit is there whatever becomes of what it was written as. */
  private static void deleteIfPossible(java.nio.file.Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is deleted when it is old.
    }
  }

  /** So that the name outlives the machine, too; not every system can. */
  private static void syncIfPossible(java.nio.file.Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The name is there for all who read now.
    }
  }

  /**
   * @param young a file that was written just now, by the clock of the file system
   */
  private static void deleteOld(java.nio.file.Path folder, java.nio.file.Path young) {
    try (var files = Files.newDirectoryStream(folder, ".*" + ASIDE)) {
      Instant limit = Files.getLastModifiedTime(young).toInstant().minus(OLD);
      for (java.nio.file.Path file : files) {
        FileTime written = Files.getLastModifiedTime(file);
        if (written.toInstant().isBefore(limit)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      // Nobody reads them; the next process tries again.
    }
  }
}
