package io.sluice.cli;

import io.sluice.deltalog.ColumnChange;
import io.sluice.deltalog.Receipt;
import io.sluice.lake.Job;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.SourceItem;
import io.sluice.time.Interval;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What became of one job's table, and what it was made from. */
record TableHistoryView(PrintWriter out, Job job, boolean json) {

  void columns(List<ColumnChange> changes) {
    if (json) {
      Json.print(
          out, Json.object("columns", changes.stream().map(TableHistoryView::json).toList()));
      return;
    }
    if (changes.isEmpty()) {
      out.println("There is no table, or its log does not go back to where it got its columns.");
      return;
    }
    TextTable table = new TextTable("version", "when", "column", "was", "is", "by");
    for (ColumnChange change : changes) {
      table.add(
          change.version(),
          HistoryView.second(change.at()),
          change.column(),
          change.before().orElse("-"),
          change.after().orElse("-"),
          change
              .receipt()
              .map(receipt -> "run %s".formatted(receipt.run()))
              .orElseGet(() -> change.operation() + " by others"));
    }
    table.print(out);
  }

  void reconciled(List<Reconciled> counts) {
    if (json) {
      Json.print(out, Json.object("intervals", counts.stream().map(one -> json(one)).toList()));
      return;
    }
    TextTable table =
        new TextTable("interval", "source", "table", "quarantined", "difference", "remark");
    for (Reconciled one : counts) {
      if (one.differs() || one.source().isEmpty()) {
        table.add(
            job.every().name(one.interval()),
            one.source().isPresent() ? one.source().getAsLong() : "-",
            one.table(),
            one.quarantined(),
            one.surplus().isPresent() ? "%+d".formatted(one.surplus().getAsLong()) : "-",
            one.why());
      }
    }
    if (!table.isEmpty()) {
      table.print(out);
      out.println();
    }
    long unknown = counts.stream().filter(one -> one.source().isEmpty()).count();
    String rest =
        unknown == 0
            ? ""
            : "; of %s the source can't say any more"
                .formatted(PlanView.number(unknown, "interval"));
    Optional<Reconciled> first = counts.stream().filter(Reconciled::differs).findFirst();
    long different = counts.stream().filter(Reconciled::differs).count();
    out.println(
        first
                .map(
                    one ->
                        "%d of %s differ; to read one again: sluice backfill --select %s --date %s"
                            .formatted(
                                different,
                                PlanView.number(counts.size(), "interval"),
                                job.name(),
                                job.every().name(one.interval())))
                .orElseGet(
                    () ->
                        "%s compared, %s: the lake has what the source has"
                            .formatted(
                                PlanView.number(counts.size() - unknown, "interval"),
                                PlanView.number(
                                    counts.stream().mapToLong(one -> one.source().orElse(0)).sum(),
                                    "row")))
            + rest);
  }

  private Map<String, @Nullable Object> json(Reconciled one) {
    return Json.object(
        "interval", job.every().name(one.interval()),
        "source", one.source().isPresent() ? one.source().getAsLong() : null,
        "table", one.table(),
        "quarantined", one.quarantined(),
        "difference", one.surplus().isPresent() ? one.surplus().getAsLong() : null,
        "remark", one.why());
  }

  private static Map<String, @Nullable Object> json(ColumnChange change) {
    return Json.object(
        "version", change.version(),
        "at", change.at(),
        "column", change.column(),
        "was", change.before().orElse(null),
        "is", change.after().orElse(null),
        "operation", change.operation(),
        "run", change.receipt().map(Receipt::run).orElse(null),
        "attempt", change.receipt().map(Receipt::attempt).orElse(null));
  }

  /**
   * @param items by interval
   * @param attempts those that have asked for something
   */
  void sources(Map<Interval, List<SourceItem>> items, List<AttemptRow> attempts) {
    Map<Interval, List<SourceItem>> sorted = new TreeMap<>(items);
    if (json) {
      Json.print(
          out,
          Json.object(
              "items",
              sorted.entrySet().stream()
                  .flatMap(of -> of.getValue().stream().map(item -> json(of.getKey(), item)))
                  .toList(),
              "asked",
              attempts.stream().map(this::json).toList()));
      return;
    }
    TextTable table = new TextTable("interval", "read", "bytes", "version");
    sorted.forEach(
        (interval, of) ->
            of.forEach(
                item ->
                    table.add(
                        job.every().name(interval), item.id(), item.bytes(), item.version())));
    if (!table.isEmpty()) {
      table.print(out);
    }
    for (AttemptRow attempt : attempts) {
      out.println(
          "%s %s: %s, %d quarantined"
              .formatted(
                  attempt.id(),
                  job.every().name(attempt.intervals()),
                  PlanView.number(attempt.written(), "row"),
                  attempt.quarantined()));
      out.println("  " + attempt.asked());
    }
    if (table.isEmpty() && attempts.isEmpty()) {
      out.println("Nothing that is known was read for these intervals.");
    }
  }

  private Map<String, @Nullable Object> json(Interval interval, SourceItem item) {
    return Json.object(
        "interval", job.every().name(interval),
        "item", item.id(),
        "bytes", item.bytes(),
        "version", item.version());
  }

  private Map<String, @Nullable Object> json(AttemptRow attempt) {
    return Json.object(
        "attempt", attempt.id(),
        "intervals", job.every().name(attempt.intervals()),
        "asked", attempt.asked(),
        "rows", attempt.written(),
        "quarantined", attempt.quarantined());
  }
}
