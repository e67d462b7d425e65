package io.sluice.deltalog;

/** A part of a table's history that can't be read any more, as a person is told of it. */
public record LogGap(String why) {

  static LogGap cleaned(long first, long last) {
    return new LogGap(
        first == last
            ? "commit %d is no longer in the table's log".formatted(first)
            : "commits %d to %d are no longer in the table's log".formatted(first, last));
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
