package io.sluice.task;

import io.sluice.api.Look;
import io.sluice.deltalog.Receipt;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** How a try at a task ended. */
public sealed interface Outcome {

  /**
   * Published.
   *
   * @param version of the job's table that the commit made
   * @param looks what a source gave, by interval; empty for other jobs
   * @param warnings what a person should know: counts of rows that broke a {@code warn} rule, rows
   *     left out
   * @param refused intervals of the order that were left out, because rows of them broke a rule;
   *     what is neither published nor refused comes after one that is, in an ordered job
   * @param unchanged intervals published of which the table had the same rows before
   */
  record Made(
      Receipt receipt,
      long version,
      Map<Interval, Look> looks,
      List<String> warnings,
      List<Refused> refused,
      List<Interval> unchanged)
      implements Outcome {
    public Made {
      looks = Map.copyOf(looks);
      warnings = List.copyOf(warnings);
      refused = List.copyOf(refused);
      unchanged = List.copyOf(unchanged);
    }

    /** All of the order was published. */
    public Made(Receipt receipt, long version, Map<Interval, Look> looks, List<String> warnings) {
      this(receipt, version, looks, warnings, List.of(), List.of());
    }

    /** The intervals published. */
    public List<Interval> published() {
      return receipt.made().stream().map(Receipt.Made::interval).toList();
    }

    /** Rows published, of these intervals. */
    public long written(List<Interval> of) {
      return sum(of, Receipt.Made::written);
    }

    /** Rows turned away, of these intervals. */
    public long quarantined(List<Interval> of) {
      return sum(of, Receipt.Made::quarantined);
    }

    private long sum(List<Interval> of, ToLongFunction<Receipt.Made> count) {
      return receipt.made().stream()
          .filter(one -> of.contains(one.interval()))
          .mapToLong(count)
          .sum();
    }
  }

  /**
   * Nothing published, and nothing to be tried again by this driver: another has taken the job
   * over.
   *
   * @param token of the other driver's lease
   */
  record Fenced(String message, long token) implements Outcome {}

  /**
   * It is not known whether it was published: neither the commit nor the table's log answered.
   *
   * @param message one line: what went wrong, where
   * @param ask how it ended; throws while that can't be known
   */
  record Unknown(String message, Throwable cause, Supplier<Outcome> ask) implements Outcome {}

  /**
   * Neighbouring intervals whose rows broke a rule; another try would find the same.
   *
   * @param message one line: what is wrong, where, what to do
   */
  record Refused(List<Interval> intervals, String message) {
    public Refused {
      intervals = List.copyOf(intervals);
    }
  }

  /**
   * Nothing published, as far as the table's log tells.
   *
   * @param message one line: what is wrong, where, what to do
   * @param culprits the intervals that are to blame; empty where that is not known
   * @param mayLandLate whether its commit had begun: a storage that was slow to answer may still
   *     make it
   */
  record Failed(
      FailureClass kind,
      String message,
      List<Interval> culprits,
      Throwable cause,
      boolean mayLandLate)
      implements Outcome {
    public Failed {
      culprits = List.copyOf(culprits);
    }

    /** It failed before its commit. */
    public Failed(FailureClass kind, String message, List<Interval> culprits, Throwable cause) {
      this(kind, message, culprits, cause, false);
    }
  }
}
