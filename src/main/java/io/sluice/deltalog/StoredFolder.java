package io.sluice.deltalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** The text of a file in it; empty where there is none of that name. */
  public Optional<String> read(String name) {
    try {
      Optional<InputStream> file = files.open(name);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      try (InputStream in = file.get()) {
        return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read %s/%s: %s".formatted(path, name, e), e);
    }
  }

  /** Puts a file there as a whole, in the place of one of that name. */
  public void write(String name, String text) {
    try {
      files.write(name, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Can't write %s/%s: %s".formatted(path, name, e), e);
    }
  }

  /** Removes one file; nothing where there is none. */
  public void remove(String name) {
    try {
      files.remove(name);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't remove %s/%s: %s".formatted(path, name, e), e);
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
