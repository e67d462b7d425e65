package io.sluice.cli;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.ledger.JobFacts;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a table is.
 *
 * @param due intervals that should be made by now
 * @param made of these
 * @param failed intervals whose last attempt failed
 * @param stale made intervals that are known to need making again
 * @param newest name of the newest made interval
 */
record TableStatus(
    String job, Cadence every, int due, int made, int failed, int stale, Optional<String> newest) {

  static List<TableStatus> of(Lake lake, Map<String, JobFacts> facts, Instant now) {
    List<TableStatus> tables = new ArrayList<>();
    for (Job job : lake.jobs().values()) {
      if (job.isMade()) {
        String name = job.name().toString();
        tables.add(of(lake, job, facts.getOrDefault(name, JobFacts.none(name)), now));
      }
    }
    return tables;
  }

  private static TableStatus of(Lake lake, Job job, JobFacts facts, Instant now) {
    IntervalSet due =
        job.schedule().due(now, lake.time()).map(IntervalSet::of).orElse(IntervalSet.EMPTY);
    List<Interval> made = facts.made().intersect(due).split(job.every());
    IntervalSet stale = IntervalSet.EMPTY;
    for (JobFacts.Mark mark : facts.stale()) {
      stale = stale.plus(mark.interval());
    }
    return new TableStatus(
        job.name().toString(),
        job.every(),
        due.split(job.every()).size(),
        made.size(),
        facts.failed().split(job.every()).size(),
        stale.intersect(facts.made()).split(job.every()).size(),
        made.isEmpty()
            ? Optional.empty()
            : Optional.of(job.every().name(made.get(made.size() - 1))));
  }

  static void print(PrintWriter out, List<TableStatus> tables) {
    TextTable table =
        new TextTable("table", "every", "made", "due", "missing", "failed", "stale", "newest");
    for (TableStatus one : tables) {
      table.add(
          one.job,
          one.every.word(),
          one.made,
          one.due,
          one.due - one.made,
          one.failed,
          one.stale,
          one.newest.orElse("-"));
    }
    table.print(out);
  }

  Map<String, @Nullable Object> json() {
    return Json.object(
        "job",
        job,
        "every",
        every.word(),
        "due",
        due,
        "made",
        made,
        "missing",
        due - made,
        "failed",
        failed,
        "stale",
        stale,
        "newest",
        newest.orElse(null));
  }
}
