package io.sluice.cli;

import io.sluice.lake.Lake;
import io.sluice.repair.TableUndo;
import io.sluice.repair.Undo;
import io.sluice.repair.UndoPlan;
import io.sluice.repair.UndoText;
import io.sluice.time.IntervalSet;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What an undo will do and did, as people and machines read it. */
record UndoView(PrintWriter out, boolean json, Lake lake) {

  void planned(UndoPlan plan) {
    if (json) {
      Json.print(out, document(plan));
      return;
    }
    TextTable table = new TextTable("table", "as before", "not made any more", "goes back to");
    for (TableUndo undo : plan.tables()) {
      table.add(
          undo.job().name(),
          name(undo, undo.restored()),
          name(undo, undo.undone().unmade()),
          undo.back());
    }
    table.print(out);
    plan.tables().forEach(undo -> UndoText.more(undo).forEach(out::println));
    plan.stale()
        .forEach(
            (reader, intervals) ->
                out.println(
                    "stale then: %s %s"
                        .formatted(reader, lake.job(reader).every().name(intervals))));
  }

  void ended(UndoPlan plan, Undo.Ended ended) {
    if (!json) {
      out.println(ended.lastLine());
      return;
    }
    Map<String, @Nullable Object> document = document(plan);
    document.put("done", ended.done().stream().map(undo -> undo.job().name()).toList());
    document.put("exit", ended.exit());
    document.put("result", ended.lastLine());
    Json.print(out, document);
  }

  private static Map<String, @Nullable Object> document(UndoPlan plan) {
    return Json.object(
        "undo", plan.request().text(),
        "tables", plan.tables().stream().map(UndoView::json).toList(),
        "stale",
            plan.stale().entrySet().stream()
                .map(
                    entry -> Json.object("job", entry.getKey(), "ranges", ranges(entry.getValue())))
                .toList(),
        "refused", plan.refused());
  }

  private static Map<String, @Nullable Object> json(TableUndo undo) {
    return Json.object(
        "job", undo.job().name(),
        "restored", ranges(undo.restored()),
        "unmade", ranges(undo.undone().unmade()),
        "whole", undo.whole(),
        "versions",
            undo.parts().entrySet().stream()
                .map(
                    part ->
                        Json.object("version", part.getKey(), "ranges", ranges(part.getValue())))
                .toList(),
        "later", named("run", undo.more().later()),
        "accepted", named("reason", undo.more().accepted()));
  }

  private static List<Map<String, @Nullable Object>> named(
      String by, SortedMap<String, IntervalSet> all) {
    return all.entrySet().stream()
        .map(entry -> Json.object(by, entry.getKey(), "ranges", ranges(entry.getValue())))
        .toList();
  }

  private static List<Map<String, @Nullable Object>> ranges(IntervalSet intervals) {
    return intervals.ranges().stream().map(PlanView::json).toList();
  }

  private static String name(TableUndo undo, IntervalSet intervals) {
    return undo.job().every().name(intervals);
  }
}
