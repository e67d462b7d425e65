package io.sluice.run;

import io.sluice.lake.TableName;

/** Another driver took a job over, and what is left to do at it is that one's. */
public final class LostLeaseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LostLeaseException(TableName job, String holder) {
    super("%s took %s over while this driver stood still".formatted(holder, job));
  }
}
