package io.sluice.config;

import java.util.Comparator;

/**
 * One thing that is wrong in a file.
 *
 * @param path of the key, dotted; empty where it is not about a key
 * @param message what is wrong; what to do
 */
public record Problem(String file, int line, String path, String message)
    implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::file)
          .thenComparing(Problem::line)
          .thenComparing(Problem::path)
          .thenComparing(Problem::message);

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return file + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
