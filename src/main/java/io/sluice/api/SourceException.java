package io.sluice.api;

import io.sluice.time.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a source can't give its rows, and whether another try may help. */
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean passing;
  private final transient List<Interval> culprits;

  private SourceException(
      String message, boolean passing, List<Interval> culprits, @Nullable Throwable cause) {
    super(message, cause);
    this.passing = passing;
    this.culprits = List.copyOf(culprits);
  }

  /** Wrong until somebody mends it. */
  public static SourceException definite(
      String message, List<Interval> culprits, @Nullable Throwable cause) {
    return new SourceException(message, false, culprits, cause);
  }

  /** May be gone at the next try. */
  public static SourceException passing(
      String message, List<Interval> culprits, @Nullable Throwable cause) {
    return new SourceException(message, true, culprits, cause);
  }

  /** Whether another try may help. */
  public boolean isPassing() {
    return passing;
  }

  /** The intervals whose items these are; empty where that is not known. */
  public List<Interval> culprits() {
    return culprits;
  }
}
