package io.sluice.task;

import io.sluice.time.Interval;
import java.util.List;

/** Why a task can't be made, already said as a person reads it. */
public final class TaskFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final FailureClass kind;
  private final Blame blame;
  private final transient List<Interval> culprits;

  TaskFailure(FailureClass kind, String message, List<Interval> culprits) {
    super(message);
    this.kind = kind;
    this.blame = Blame.UNKNOWN;
    this.culprits = List.copyOf(culprits);
  }

  private TaskFailure(String message, Blame blame) {
    super(message);
    this.kind = FailureClass.DEFINITE;
    this.blame = blame;
    this.culprits = List.of();
  }

  /** Said of something that is kept for the log. */
  TaskFailure(FailureClass kind, String message, List<Interval> culprits, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.blame = Blame.UNKNOWN;
    this.culprits = List.copyOf(culprits);
  }

  private TaskFailure(String message, Blame blame, Throwable cause) {
    super(message, cause);
    this.kind = FailureClass.DEFINITE;
    this.blame = blame;
    this.culprits = List.of();
  }

  static TaskFailure definite(String message, Blame blame, Throwable cause) {
    return new TaskFailure(message, blame, cause);
  }

  static TaskFailure definite(String message) {
    return new TaskFailure(message, Blame.UNKNOWN);
  }

  static TaskFailure definite(String message, Blame blame) {
    return new TaskFailure(message, blame);
  }

  public FailureClass kind() {
    return kind;
  }

  Blame blame() {
    return blame;
  }

  /** The intervals that are to blame; empty where that is not known. */
  public List<Interval> culprits() {
    return culprits;
  }
}
