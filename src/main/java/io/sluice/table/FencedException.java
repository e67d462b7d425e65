package io.sluice.table;

/** Nothing was published, because another driver has taken the job over. */
public final class FencedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long token;

  FencedException(String job, long token) {
    super(
        "%s was taken over by another driver while this one made it; nothing was published"
            .formatted(job));
    this.token = token;
  }

  /** That of the other driver's lease. */
  public long token() {
    return token;
  }
}
