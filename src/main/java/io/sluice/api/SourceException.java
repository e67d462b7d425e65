package io.sluice.api;

import io.sluice.time.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a source can't give its rows, and whether another try may help. */
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean passing;
  private final boolean concernsAll;
  private final transient List<Interval> culprits;

  private SourceException(
      String message,
      boolean passing,
      boolean concernsAll,
      List<Interval> culprits,
      @Nullable Throwable cause) {
    super(message, cause);
    this.passing = passing;
    this.concernsAll = concernsAll;
    this.culprits = List.copyOf(culprits);
  }

  /** Wrong until somebody mends it. */
  public static SourceException definite(
      String message, List<Interval> culprits, @Nullable Throwable cause) {
    return new SourceException(message, false, false, culprits, cause);
  }

  /**
   * Wrong until somebody mends it, whatever interval is asked for: the definition, the way to the
   * source, the rights there.
   */
  public static SourceException ofAll(String message, @Nullable Throwable cause) {
    return new SourceException(message, false, true, List.of(), cause);
  }

  /** May be gone at the next try. */
  public static SourceException passing(
      String message, List<Interval> culprits, @Nullable Throwable cause) {
    return new SourceException(message, true, false, culprits, cause);
  }

  /** Whether another try may help. */
  public boolean isPassing() {
    return passing;
  }

  /** Whether no interval can be read, so that nobody need look for the one to blame. */
  public boolean concernsAll() {
    return concernsAll;
  }

  /** The intervals whose items these are; empty where that is not known, or all are meant. */
  public List<Interval> culprits() {
    return culprits;
  }
}
