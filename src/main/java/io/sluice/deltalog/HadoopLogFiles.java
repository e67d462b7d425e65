package io.sluice.deltalog;

import io.sluice.storage.HadoopStorage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A log on whatever Hadoop has a file system for; loads Hadoop's classes, so only where they are
 * needed.
 */
record HadoopLogFiles(FileSystem files, Path folder) implements LogFiles {

  /**
   * @param settings those of a Spark session; the ones for Hadoop are handed on
   */
  static LogFiles at(String folder, Map<String, String> settings) throws IOException {
    Path path = new Path(folder);
    return new HadoopLogFiles(path.getFileSystem(HadoopStorage.settings(settings)), path);
  }

  @Override
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus file : HadoopStorage.list(files, folder)) {
        names.add(file.getPath().getName());
      }
    } catch (FileNotFoundException none) {
      return List.of();
    }
    return names;
  }

  @Override
  public Optional<InputStream> open(String name) throws IOException {
    try {
      return Optional.of(files.open(new Path(folder, name)));
    } catch (FileNotFoundException none) {
      return Optional.empty();
    }
  }

  @Override
  public List<StoredFile> all() throws IOException {
    List<StoredFile> all = new ArrayList<>();
    String start = files.makeQualified(folder).toUri().getPath() + "/";
    try {
      for (LocatedFileStatus file : HadoopStorage.all(files, folder)) {
        all.add(
            new StoredFile(
                file.getPath().toUri().getPath().substring(start.length()),
                file.getLen(),
                Instant.ofEpochMilli(file.getModificationTime())));
      }
    } catch (FileNotFoundException none) {
      return List.of();
    }
    return all;
  }

  @Override
  public Instant modified(String name) throws IOException {
    return Instant.ofEpochMilli(files.getFileStatus(new Path(folder, name)).getModificationTime());
  }

  /** An object is there as a whole or not at all; a file of HDFS gets its name when it is whole. */
  @Override
  public void write(String name, byte[] content) throws IOException {
    Path file = new Path(folder, name);
    if (!files.getUri().getScheme().equals("hdfs")) {
      write(file, content);
      return;
    }
    Path unfinished = new Path(folder, ".%s.%s.tmp".formatted(name, UUID.randomUUID()));
    write(unfinished, content);
    files.delete(file, false);
    if (!files.rename(unfinished, file)) {
      throw new IOException("Can't name %s %s".formatted(unfinished, name));
    }
  }

  private void write(Path file, byte[] content) throws IOException {
    try (OutputStream out = files.create(file, true)) {
      out.write(content);
    }
  }

  @Override
  public void remove(String name) throws IOException {
    files.delete(new Path(folder, name), false);
  }

  @Override
  public void remove() throws IOException {
    files.delete(folder, true);
  }
}
