package io.sluice.source.columns;

/** Received columns that a table can't have, told as a person reads it. */
public final class ColumnsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ColumnsException(String message) {
    super(message);
  }
}
