package io.sluice.task;

/** Another driver has taken the job over. */
public final class TakenOverException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long token;

  /**
   * @param token of the other driver's lease
   */
  public TakenOverException(String message, long token, Throwable cause) {
    super(message, cause);
    this.token = token;
  }

  public long token() {
    return token;
  }
}
