package io.sluice.task;

import io.sluice.api.SourceException;
import io.sluice.table.TableException;
import io.sluice.time.Interval;
import java.util.List;

/**
 * What a failure says of its task.
 *
 * @param culprits the intervals that are to blame; empty where that is not known
 */
record Diagnosis(FailureClass kind, List<Interval> culprits) {

  static Diagnosis of(TaskOrder order, Throwable failure) {
    for (Throwable cause : Sign.chain(failure)) {
      if (cause instanceof TaskFailure known) {
        return of(order, known.kind(), known.blame(), known.culprits());
      }
      if (cause instanceof SourceException known) {
        boolean passing = known.isPassing() && !isRefused(failure);
        boolean all = known.concernsAll() || known.isPassing() && !passing;
        return of(
            order,
            passing ? FailureClass.TRANSIENT : FailureClass.DEFINITE,
            all ? Blame.ALL : Blame.UNKNOWN,
            known.culprits());
      }
      if (cause instanceof TableException known) {
        return of(
            order,
            FailureClass.DEFINITE,
            known.concernsColumns() ? Blame.COLUMNS : Blame.UNKNOWN,
            known.culprits());
      }
    }
    return of(
        order, FailureClassifier.classify(failure), FailureClassifier.blame(failure), List.of());
  }

  /** Rights and settings don't pass, whatever a source hopes of its failures. */
  private static boolean isRefused(Throwable failure) {
    return FailureClassifier.blame(failure) == Blame.ALL;
  }

  private static Diagnosis of(
      TaskOrder order, FailureClass kind, Blame blame, List<Interval> named) {
    boolean all = named.isEmpty() && blame.isOnAll(order.job());
    return new Diagnosis(kind, all ? order.intervals() : named);
  }
}
