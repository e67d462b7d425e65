package io.sluice.cli;

import io.sluice.plan.Plan;
import io.sluice.plan.PlannedTask;
import io.sluice.plan.Reason;
import io.sluice.time.Civil;
import io.sluice.time.Interval;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan as people and machines read it. */
final class PlanView {
  private PlanView() {}

  static void print(PrintWriter out, Plan plan) {
    if (plan.isEmpty()) {
      out.println(
          plan.waiting().isEmpty()
              ? "Nothing to do: all that is due is made."
              : "Nothing to do now, but not all that is due is made.");
    } else {
      TextTable table = new TextTable("job", "intervals", "which", "why");
      int intervals = 0;
      for (PlannedTask task : plan.tasks()) {
        intervals += task.intervals().size();
        table.add(
            task.job(),
            task.intervals().size(),
            task.every().name(task.first(), task.last()),
            why(task));
      }
      table.print(out);
      out.println();
      out.println(
          "%s, %s".formatted(number(plan.tasks().size(), "task"), number(intervals, "interval")));
    }
    for (Plan.Waiting waiting : plan.waitingInShort()) {
      out.println("waiting: " + waiting);
    }
    for (Plan.Note note : plan.notes()) {
      out.println("note: " + note);
    }
  }

  private static String why(PlannedTask task) {
    return task.reasons().entrySet().stream()
        .map(
            reason ->
                reason.getValue().isBlank()
                    ? reason.getKey().word()
                    : "%s (%s)".formatted(reason.getKey().word(), reason.getValue()))
        .collect(Collectors.joining("; "));
  }

  static String number(long count, String noun) {
    return "%,d %s%s".formatted(count, noun, count == 1 ? "" : "s");
  }

  /** Times are half-open: {@code to} is the first moment after. */
  static Map<String, @Nullable Object> json(Plan plan) {
    return Json.object(
        "tasks",
        plan.tasks().stream().map(PlanView::json).toList(),
        "waiting",
        plan.waiting().stream()
            .map(
                waiting ->
                    Json.object(
                        "job",
                        waiting.job(),
                        "ranges",
                        waiting.intervals().ranges().stream().map(PlanView::json).toList(),
                        "why",
                        waiting.why()))
            .toList(),
        "notes",
        plan.notes().stream()
            .map(
                note ->
                    Json.object(
                        "job",
                        note.job(),
                        "from",
                        Civil.text(note.span().from()),
                        "to",
                        Civil.text(note.span().to()),
                        "text",
                        note.text()))
            .toList());
  }

  private static Map<String, @Nullable Object> json(PlannedTask task) {
    Map<String, String> why = new LinkedHashMap<>();
    task.reasons().forEach((reason, told) -> why.put(reason.word(), told));
    return Json.object(
        "job",
        task.job(),
        "from",
        Civil.text(task.first().from()),
        "to",
        Civil.text(task.last().to()),
        "intervals",
        task.intervals().size(),
        "reasons",
        task.reasons().keySet().stream().map(Reason::word).toList(),
        "why",
        why);
  }

  static Map<String, @Nullable Object> json(Interval interval) {
    return Json.object("from", Civil.text(interval.from()), "to", Civil.text(interval.to()));
  }
}
