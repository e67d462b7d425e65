package io.sluice.transform;

import org.apache.spark.sql.AnalysisException;

/** A transform that can't work, and what to do: a second try would fail in the same way. */
public final class TransformException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TransformException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether a column is asked for that no input has. */
  public boolean lacksColumn() {
    return getCause() instanceof AnalysisException analysis
        && analysis.getErrorClass() != null
        && analysis.getErrorClass().startsWith("UNRESOLVED_COLUMN");
  }
}
