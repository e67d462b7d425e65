package io.sluice.source.nosql;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** What a failure came from. */
final class Causes {
  private Causes() {}

  /** From the outermost on, itself included. */
  static Stream<Throwable> of(Throwable failure) {
    Set<Throwable> seen = new LinkedHashSet<>();
    for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {}
    return seen.stream();
  }

  /** The failure's place, with another text: its own may hold secrets and would come into logs. */
  static RuntimeException without(Throwable failure, String said) {
    RuntimeException cause = new RuntimeException(said);
    cause.setStackTrace(failure.getStackTrace());
    return cause;
  }
}
