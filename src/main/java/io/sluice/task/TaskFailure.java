package io.sluice.task;

import io.sluice.time.Interval;
import java.util.List;

/** Why a task can't be made, already said as a person reads it. */
public final class TaskFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final FailureClass kind;
  private final transient List<Interval> culprits;

  TaskFailure(FailureClass kind, String message, List<Interval> culprits) {
    super(message);
    this.kind = kind;
    this.culprits = List.copyOf(culprits);
  }

  /** Said of something that is kept for the log. */
  TaskFailure(FailureClass kind, String message, List<Interval> culprits, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.culprits = List.copyOf(culprits);
  }

  static TaskFailure definite(String message) {
    return new TaskFailure(FailureClass.DEFINITE, message, List.of());
  }

  public FailureClass kind() {
    return kind;
  }

  /** The intervals that are to blame; empty where that is not known. */
  public List<Interval> culprits() {
    return culprits;
  }
}
