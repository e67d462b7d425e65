package io.sluice.lake;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Makes what a person wrote relative to the project absolute. */
record ProjectPaths(Path project) {
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*");

  /** A URI stays as it is; a path becomes absolute. Neither ends in a slash. */
  String absolute(String path) {
    String absolute =
        SCHEME.matcher(path).matches() || path.startsWith("/")
            ? path
            : project + "/" + (path.startsWith("./") ? path.substring(2) : path);
    return absolute.length() > 1 && absolute.endsWith("/")
        ? absolute.substring(0, absolute.length() - 1)
        : absolute;
  }

  /** As {@link #absolute}, with {@code file:} before a path. */
  String uri(String path) {
    String absolute = absolute(path);
    return absolute.startsWith("/") ? "file:" + absolute : absolute;
  }
}
