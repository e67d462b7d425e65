package io.sluice.cli;

import io.sluice.deltalog.StoredFile;
import io.sluice.repair.Care;
import io.sluice.repair.CareNeed;
import io.sluice.repair.CareOfTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What care will do and did, as people and machines read it. */
record CareView(PrintWriter out, boolean json) {

  void planned(List<CareOfTable> tables) {
    if (json) {
      Json.print(out, Json.object("tables", tables.stream().map(CareView::json).toList()));
      return;
    }
    boolean none = true;
    for (CareOfTable care : tables) {
      List<String> lines = lines(care);
      if (!lines.isEmpty()) {
        none = false;
        out.println(
            care.job().name()
                + (care.due()
                    ? ""
                    : " (not due: last taken care of %s)"
                        .formatted(care.cared().map(HistoryView::second).orElse("-"))));
        lines.forEach(line -> out.println("  " + line));
      }
    }
    if (none) {
      out.println("nothing to do");
    }
  }

  void done(Care.Done done) {
    out.println(done.job() + (done.state().equals("made") ? "" : " (" + done.state() + ")"));
    done.said().forEach(line -> out.println("  " + line));
  }

  void ended(Care.Ended ended) {
    if (!json) {
      out.println(ended.lastLine());
      return;
    }
    Json.print(
        out,
        Json.object(
            "tables",
            ended.done().stream()
                .map(
                    done ->
                        Json.object("job", done.job(), "state", done.state(), "said", done.said()))
                .toList(),
            "exit",
            ended.exit(),
            "result",
            ended.lastLine()));
  }

  private static List<String> lines(CareOfTable care) {
    List<String> lines = new ArrayList<>();
    lines(care.table(), "", lines);
    lines(care.quarantine(), "quarantine: ", lines);
    care.staged().forEach(attempt -> lines.add("staged by dead attempt " + attempt + ": remove"));
    return lines;
  }

  private static void lines(CareNeed need, String of, List<String> lines) {
    need.compact()
        .forEach(
            (folder, files) ->
                lines.add("%scompact %d small files%s".formatted(of, files, in(folder))));
    need.zorder().forEach(folder -> lines.add("%sput in order%s".formatted(of, in(folder))));
    need.dead().forEach(attempt -> lines.add(of + "take out rows of dead attempt " + attempt));
    if (!need.expired().isEmpty()) {
      lines.add(
          "%sremove %d files that left the table before %s, %s"
              .formatted(
                  of,
                  need.expired().size(),
                  HistoryView.second(need.since()),
                  Care.size(need.expired().stream().mapToLong(StoredFile::bytes).sum())));
    }
    for (StoredFile file : need.orphans()) {
      boolean old = file.modified().isBefore(need.since());
      lines.add(
          "%sorphan %s, %s: %s"
              .formatted(
                  of,
                  file.path(),
                  Care.size(file.bytes()),
                  old ? "remove" : "too young to remove"));
    }
    need.forget()
        .ifPresent(
            version ->
                lines.add(
                    "%slet the log forget what is old up to version %d, and keep its receipts"
                        .formatted(of, version)));
    if (need.checkpoint()) {
      lines.add(of + "write a checkpoint");
    }
  }

  private static String in(String folder) {
    return folder.isEmpty() ? "" : " of " + folder;
  }

  private static Map<String, @Nullable Object> json(CareOfTable care) {
    return Json.object(
        "job", care.job().name(),
        "due", care.due(),
        "cared", care.cared().orElse(null),
        "table", json(care.table()),
        "quarantine", json(care.quarantine()),
        "staged", care.staged());
  }

  private static Map<String, @Nullable Object> json(CareNeed need) {
    return Json.object(
        "compact", need.compact(),
        "zorder", need.zorder(),
        "expired", need.expired().stream().map(CareView::json).toList(),
        "orphans", need.orphans().stream().map(CareView::json).toList(),
        "dead", need.dead(),
        "checkpoint", need.checkpoint());
  }

  private static Map<String, @Nullable Object> json(StoredFile file) {
    return Json.object("path", file.path(), "bytes", file.bytes(), "modified", file.modified());
  }
}
