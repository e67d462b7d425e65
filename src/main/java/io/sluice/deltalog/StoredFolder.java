package io.sluice.deltalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** A folder of a lake on whatever storage, reached without Spark. */
public final class StoredFolder {
  private final String path;
  private final LogFiles files;

  private StoredFolder(String path, LogFiles files) {
    this.path = path;
    this.files = files;
  }

  /**
   * The folder at a URI or path, as {@link TableLog#at} takes it.
   *
   * @param settings those of the Spark session
   */
  public static StoredFolder at(String path, Map<String, String> settings) {
    try {
      return new StoredFolder(path, LogFiles.at(path, settings));
    } catch (IOException e) {
      throw new UncheckedIOException("Can't reach %s: %s".formatted(path, e), e);
    }
  }

  /** What lies in it, by name; none where there is no such folder. */
  public List<String> names() {
    try {
      return files.names();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't list %s: %s".formatted(path, e), e);
    }
  }

  /** All files in it and below; none where there is no such folder. */
  public List<StoredFile> all() {
    try {
      return files.all();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't list %s: %s".formatted(path, e), e);
    }
  }

  /** Removes it with all in it. */
  public void remove() {
    try {
      files.remove();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't remove %s: %s".formatted(path, e), e);
    }
  }
}
