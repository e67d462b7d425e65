package io.sluice.task;

import io.sluice.lake.Job;
import io.sluice.time.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a task can't be made, already said as a person reads it. */
public final class TaskFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final FailureClass kind;
  private final Blame blame;
  private final transient List<Interval> culprits;

  private TaskFailure(
      FailureClass kind,
      Blame blame,
      String message,
      List<Interval> culprits,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.blame = blame;
    this.culprits = List.copyOf(culprits);
  }

  TaskFailure(FailureClass kind, String message, List<Interval> culprits) {
    this(kind, Blame.UNKNOWN, message, culprits, null);
  }

  static TaskFailure definite(String message) {
    return definite(message, Blame.UNKNOWN);
  }

  static TaskFailure definite(String message, Blame blame) {
    return new TaskFailure(FailureClass.DEFINITE, blame, message, List.of(), null);
  }

  static TaskFailure definite(String message, Blame blame, Throwable cause) {
    return new TaskFailure(FailureClass.DEFINITE, blame, message, List.of(), cause);
  }

  /** Whatever went wrong with the rows of a job, in one line. */
  static TaskFailure of(Job job, Throwable failure) {
    return failure instanceof TaskFailure known
        ? known
        : of(FailureMessage.of(job, failure), failure);
  }

  /** Whatever went wrong with a query that is no job's, in one line. */
  static TaskFailure ofQuery(Throwable failure) {
    return failure instanceof TaskFailure known ? known : of(FailureMessage.of(failure), failure);
  }

  private static TaskFailure of(String message, Throwable failure) {
    return new TaskFailure(
        FailureClassifier.classify(failure),
        FailureClassifier.blame(failure),
        message,
        List.of(),
        failure);
  }

  public FailureClass kind() {
    return kind;
  }

  /** Whether it is about what the definition selects, and not about the rows. */
  public boolean concernsColumns() {
    return blame == Blame.COLUMNS;
  }

  Blame blame() {
    return blame;
  }

  /** The intervals that are to blame; empty where that is not known. */
  public List<Interval> culprits() {
    return culprits;
  }
}
