package io.sluice.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Any storage that Hadoop has a file system for: HDFS, S3. */
public final class HadoopStorage {
  private static final String PREFIX = "spark.hadoop.";
  private static final int TRIES = 4;

  private HadoopStorage() {}

  /** Hadoop's own settings, with those that Spark would hand on to it. */
  public static Configuration settings(Map<String, String> sparkSettings) {
    Configuration settings = new Configuration();
    sparkSettings.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            settings.set(key.substring(PREFIX.length()), value);
          }
        });
    return settings;
  }

  /**
   * What lies in a folder.
   *
   * @throws java.io.FileNotFoundException where there is no such folder
   */
  public static List<FileStatus> list(FileSystem files, Path folder) throws IOException {
    return again(() -> List.of(files.listStatus(folder)));
  }

  /**
   * All files in a folder and in the folders below it.
   *
   * @throws java.io.FileNotFoundException where there is no such folder
   */
  public static List<LocatedFileStatus> all(FileSystem files, Path folder) throws IOException {
    return again(
        () -> {
          List<LocatedFileStatus> all = new ArrayList<>();
          RemoteIterator<LocatedFileStatus> found = files.listFiles(folder, true);
          while (found.hasNext()) {
            all.add(found.next());
          }
          return all;
        });
  }

  private interface Listing<T> {
    List<T> list() throws IOException;
  }

  /**
   * A list whose connection breaks after its head is asked for again. Neither S3's client nor S3A
   * knows the exception that comes of it, so that it arrives bare, after a single try; what S3A has
   * tried again has the client's exception as its cause.
   */
  private static <T> List<T> again(Listing<T> listing) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return listing.list();
      } catch (FileNotFoundException e) {
        throw e;
      } catch (UncheckedIOException e) {
        if (tries == TRIES) {
          throw e.getCause();
        }
      } catch (IOException e) {
        if (tries == TRIES || e.getCause() != null) {
          throw e;
        }
      }
    }
  }
}
