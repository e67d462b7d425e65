package io.sluice.task;

import java.util.Locale;

/** What a failure says about trying again. */
public enum FailureClass {
  /** It may pass by itself: tried again as it was. */
  TRANSIENT(true, false),
  /** Too much at once: tried again in halves. */
  RESOURCE(true, true),
  /** A second try would only hide it; of several intervals, the bad ones are looked for. */
  DEFINITE(false, true),
  /** The data broke a rule; of several intervals, the bad ones are looked for. */
  QUALITY(false, true),
  /** Somebody stopped it. */
  CANCELLED(false, false);

  private final boolean retried;
  private final boolean split;

  FailureClass(boolean retried, boolean split) {
    this.retried = retried;
    this.split = split;
  }

  /**
   * Of a look that failed, before any row was read: it can't be too much, and costs so little that
   * it is tried again unless something tells that this would be in vain.
   */
  public static FailureClass ofLook(Throwable failure) {
    return FailureClassifier.isUnknownHost(failure)
        ? TRANSIENT
        : FailureClassifier.known(failure).filter(DEFINITE::equals).orElse(TRANSIENT);
  }

  public boolean isRetried() {
    return retried;
  }

  public boolean isSplit() {
    return split;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
