package io.sluice.run;

import io.sluice.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/**
 * How a run went.
 *
 * @param exit of the process: 0 all made, 1 none, 3 some, 4 all held by another driver, 5 instead
 *     of 1 or 3 when every failure is data quality
 * @param lastLine the cause and what to do
 */
public record Verdict(int exit, String lastLine) {

  /**
   * @param waiting what is due but could not even be planned
   */
  static Verdict of(Tally tally, List<Plan.Waiting> waiting) {
    synchronized (tally) {
      return new Verdict(exit(tally), lastLine(tally, waiting));
    }
  }

  private static int exit(Tally tally) {
    int done = tally.made + tally.elsewhere;
    if (done + tally.unchanged == tally.planned) {
      return 0;
    }
    boolean stopped = tally.cancelled > 0;
    if (tally.failed == 0 && done == 0 && !stopped && tally.heldElsewhere > 0) {
      return 4;
    }
    boolean allQuality = tally.failed > 0 && tally.failed == tally.failedQuality;
    if (allQuality && !stopped && tally.heldElsewhere == 0) {
      return 5;
    }
    return done == 0 ? 1 : 3;
  }

  private static String lastLine(Tally tally, List<Plan.Waiting> waiting) {
    if (tally.planned == 0) {
      return waiting.isEmpty()
          ? "Nothing to make: the lake is up to date"
          : "Nothing to make now, but not all is there: " + waits(waiting);
    }
    String counts = counts(tally);
    int done = tally.made + tally.elsewhere + tally.unchanged;
    if (done == tally.planned) {
      return waiting.isEmpty()
          ? counts
          : "%s. Not all is there: %s".formatted(counts, waits(waiting));
    }
    if (tally.firstFailure.isPresent()) {
      return counts + ". " + failure(tally.firstFailure.get());
    }
    if (tally.cancelled > 0) {
      return counts + ". The run was stopped; run again to make the rest";
    }
    return "%s. Another driver (%s) works at the rest; run again when it has ended"
        .formatted(counts, tally.holder.orElse("unknown"));
  }

  private static String waits(List<Plan.Waiting> waiting) {
    String first = "%s".formatted(waiting.get(0));
    int more = waiting.size() - 1;
    return more == 0 ? first : "%s; and %d more, see `sluice plan`".formatted(first, more);
  }

  private static String failure(RunEvent.IntervalsFailed first) {
    String cause = RunEvent.cause(first.part().job(), first.message());
    String message = cause.endsWith(".") ? cause : cause + ".";
    return "%s %s failed (%s): %s %s; what is made stays made"
        .formatted(
            first.part().job(),
            first.part().every().name(first.part().first(), first.part().last()),
            first.kind().word(),
            message,
            first.kind().isRetried() ? "Run again when that has passed" : "Mend it and run again");
  }

  private static String counts(Tally tally) {
    List<String> parts = new ArrayList<>();
    add(parts, tally.elsewhere, "made by another run");
    add(parts, tally.unchanged, "unchanged");
    add(parts, tally.failed, "failed");
    add(parts, tally.skipped, "skipped");
    add(parts, tally.held + tally.heldElsewhere, "held");
    add(parts, tally.cancelled, "not tried");
    return "Made %,d of %,d intervals (%,d %s%s)%s"
        .formatted(
            tally.made,
            tally.planned,
            tally.rows,
            tally.rows == 1 ? "row" : "rows",
            tally.quarantined > 0 ? ", %,d quarantined".formatted(tally.quarantined) : "",
            parts.isEmpty() ? "" : "; " + String.join(", ", parts));
  }

  private static void add(List<String> parts, int count, String word) {
    if (count > 0) {
      parts.add("%,d %s".formatted(count, word));
    }
  }
}
