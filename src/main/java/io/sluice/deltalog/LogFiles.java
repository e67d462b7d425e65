package io.sluice.deltalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of one folder, such as {@code _delta_log}, by name. */
interface LogFiles {
  Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*");

  /**
   * Those of the folder at a URI or path, which is taken as Spark takes it: {@code %20} is not a
   * space.
   */
  static LogFiles at(String folder, Map<String, String> settings) throws IOException {
    Matcher scheme = SCHEME.matcher(folder);
    if (!scheme.matches()) {
      return new LocalLogFiles(Path.of(folder));
    }
    if (scheme.group(1).toLowerCase(Locale.ROOT).equals("file")) {
      return new LocalLogFiles(
          Path.of(folder.substring("file:".length()).replaceFirst("^///*", "/")));
    }
    return HadoopLogFiles.at(folder, settings);
  }

  /** Names of all files; none where there is no such folder. */
  List<String> names() throws IOException;

  /** Empty where there is no such file. */
  Optional<InputStream> open(String name) throws IOException;

  /** All files in it and in the folders below it; none where there is no such folder. */
  List<StoredFile> all() throws IOException;

  /** When the file was written; asked only of a commit that does not say it itself. */
  Instant modified(String name) throws IOException;

  /** Puts a whole file there, or nothing; it takes the place of one of that name. */
  void write(String name, byte[] content) throws IOException;

  /** Removes one file; nothing where there is none. */
  void remove(String name) throws IOException;

  /** Removes the folder with all in it; nothing where there is none. */
  void remove() throws IOException;
}
