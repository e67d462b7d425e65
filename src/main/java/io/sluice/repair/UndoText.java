package io.sluice.repair;

import io.sluice.lake.Job;
import io.sluice.time.IntervalSet;
import java.util.ArrayList;
import java.util.List;

/** What people are told of an undo. */
public final class UndoText {
  private UndoText() {}

  static String done(UndoPlan plan) {
    int intervals = 0;
    int unmade = 0;
    for (TableUndo table : plan.tables()) {
      intervals += count(table.job(), table.restored());
      unmade += count(table.job(), table.undone().unmade());
    }
    List<String> parts = new ArrayList<>();
    if (intervals > 0) {
      parts.add("%d interval%s as before".formatted(intervals, intervals == 1 ? "" : "s"));
    }
    if (unmade > 0) {
      parts.add("%d not made any more".formatted(unmade));
    }
    return "undone: %s, in %d table%s%s"
        .formatted(
            parts.isEmpty() ? "nothing" : String.join(", ", parts),
            plan.tables().size(),
            plan.tables().size() == 1 ? "" : "s",
            plan.stale().isEmpty() && unmade == 0 ? "" : "; `sluice plan` shows what is stale now");
  }

  /** What goes with it that nobody asked for, and why, a line a run or an acceptance. */
  public static List<String> more(TableUndo undo) {
    List<String> lines = new ArrayList<>();
    undo.more()
        .later()
        .forEach(
            (run, intervals) ->
                lines.add(
                    "%s %s of run %s, made later, goes too: %s"
                        .formatted(
                            undo.job().name(),
                            undo.job().every().name(intervals),
                            run,
                            why(undo))));
    undo.more()
        .accepted()
        .forEach(
            (reason, intervals) ->
                lines.add(
                    "%s %s, accepted later (%s), counts as accepted no more"
                        .formatted(undo.job().name(), undo.job().every().name(intervals), reason)));
    return lines;
  }

  private static String why(TableUndo undo) {
    return undo.job().isOrdered()
        ? "its intervals follow from each other"
        : "the rows of its intervals can't be told apart";
  }

  private static int count(Job job, IntervalSet intervals) {
    return intervals.split(job.every()).size();
  }
}
