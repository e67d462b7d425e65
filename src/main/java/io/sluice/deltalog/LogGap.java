package io.sluice.deltalog;

import java.util.Optional;

/**
 * A part of a table's history that can't be read any more, as a person is told of it.
 *
 * @param cleaned the commits that are gone, where the table is still the one that was known
 */
public record LogGap(String why, Optional<Cleaned> cleaned) {

  /** Versions, both included, of which the first and the last are gone. */
  public record Cleaned(long first, long last) {}

  private LogGap(String why) {
    this(why, Optional.empty());
  }

  static LogGap cleaned(long first, long last) {
    return new LogGap(
        first == last
            ? "commit %d is no longer in the table's log".formatted(first)
            : "commits %d to %d are no longer in the table's log".formatted(first, last),
        Optional.of(new Cleaned(first, last)));
  }

  static LogGap madeAnew(long known, long latest) {
    return new LogGap(
        "the table's newest version is %d, but %d was seen before: it was removed and made anew"
            .formatted(latest, known));
  }

  static LogGap gone(long known) {
    return new LogGap("there is no table any more, but its version %d was seen".formatted(known));
  }
}
