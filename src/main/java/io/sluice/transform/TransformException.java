package io.sluice.transform;

/** A transform that can't work, and what to do: a second try would fail in the same way. */
public final class TransformException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TransformException(String message, Throwable cause) {
    super(message, cause);
  }
}
