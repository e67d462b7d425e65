package io.sluice.task;

import io.sluice.lake.TableName;

/** A table that a task reads can't be read; the cause says why. */
final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InputException(TableName table, RuntimeException cause) {
    super(table.toString(), cause);
  }
}
