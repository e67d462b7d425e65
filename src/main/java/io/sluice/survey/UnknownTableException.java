package io.sluice.survey;

import io.sluice.lake.TableName;

/**
 * What was made of a table is not in the ledger, and can't be learned from its receipts now; to
 * take it for never made would be to make all of it again, and to lose what is gone.
 */
public final class UnknownTableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownTableException(TableName table, RuntimeException cause) {
    super(
        "%s: what was made of it is not in the ledger, and its receipts can't be read: %s"
            .formatted(table, cause.getMessage()),
        cause);
  }
}
