package io.sluice.source.rest;

import io.sluice.api.SourceException;
import io.sluice.time.Interval;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a page can't be had, and whom that is about. */
final class RestFault extends Exception {
  private static final long serialVersionUID = 1;

  /** What a fault is about. */
  private enum Reach {
    /** May be gone at the next try. */
    PASSING,
    /** Of this interval, until somebody mends it. */
    INTERVAL,
    /** Of all intervals, until somebody mends it. */
    ALL
  }

  private final Reach reach;
  private final transient Optional<Duration> pause;

  private RestFault(
      Reach reach, String message, Optional<Duration> pause, @Nullable Throwable cause) {
    super(message, cause);
    this.reach = reach;
    this.pause = pause;
  }

  static RestFault passing(String message) {
    return new RestFault(Reach.PASSING, message, Optional.empty(), null);
  }

  static RestFault passing(String message, Throwable cause) {
    return new RestFault(Reach.PASSING, message, Optional.empty(), cause);
  }

  /**
   * @param pause after which the API wants to be asked again
   */
  static RestFault passing(String message, Duration pause) {
    return new RestFault(Reach.PASSING, message, Optional.of(pause), null);
  }

  static RestFault ofInterval(String message) {
    return new RestFault(Reach.INTERVAL, message, Optional.empty(), null);
  }

  static RestFault ofAll(String message) {
    return new RestFault(Reach.ALL, message, Optional.empty(), null);
  }

  String message() {
    return String.valueOf(getMessage());
  }

  boolean isPassing() {
    return reach == Reach.PASSING;
  }

  Optional<Duration> pause() {
    return pause;
  }

  /** The same fault in other words. */
  RestFault saying(String message) {
    return new RestFault(reach, message, pause, getCause());
  }

  SourceException of(Interval interval) {
    return switch (reach) {
      case PASSING -> SourceException.passing(message(), List.of(interval), getCause());
      case INTERVAL -> SourceException.definite(message(), List.of(interval), getCause());
      case ALL -> SourceException.ofAll(message(), getCause());
    };
  }
}
