package io.sluice.cli;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.JobFacts;
import io.sluice.ledger.Ledger;
import io.sluice.plan.MarkKinds;
import io.sluice.plan.Plan;
import io.sluice.run.RunEvent;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a table is.
 *
 * @param due intervals that should be made by now
 * @param made of these
 * @param waiting intervals that are due and can't be made now
 * @param failed intervals whose last attempt failed
 * @param stale made intervals that are known to need making again
 * @param early made intervals that a whole input had not passed
 * @param foreign intervals that somebody else's commit changed
 * @param newest name of the newest made interval
 * @param cause what the newest failure of a failed interval said
 */
record TableStatus(
    String job,
    Cadence every,
    int due,
    int made,
    int waiting,
    int failed,
    int stale,
    int early,
    int foreign,
    Optional<String> newest,
    Optional<String> cause) {

  private static final Set<String> FOREIGN = Set.of(MarkKinds.FOREIGN, MarkKinds.UNREAD);

  /** So many attempts at a failed interval are looked at for its cause. */
  private static final int LOOKED_AT = 20;

  static List<TableStatus> of(Lake lake, Ledger ledger, List<Plan.Waiting> waiting, Instant now) {
    Map<String, JobFacts> facts = ledger.facts();
    List<TableStatus> tables = new ArrayList<>();
    for (Job job : lake.jobs().values()) {
      if (job.isMade()) {
        String name = job.name().toString();
        IntervalSet waits =
            waiting.stream()
                .filter(one -> one.job().equals(job.name()))
                .map(Plan.Waiting::intervals)
                .reduce(IntervalSet.EMPTY, IntervalSet::union);
        tables.add(
            of(lake, job, facts.getOrDefault(name, JobFacts.none(name)), waits, ledger, now));
      }
    }
    return tables;
  }

  private static TableStatus of(
      Lake lake, Job job, JobFacts facts, IntervalSet waiting, Ledger ledger, Instant now) {
    Cadence every = job.every();
    IntervalSet due =
        job.schedule().due(now, lake.time()).map(IntervalSet::of).orElse(IntervalSet.EMPTY);
    List<Interval> made = facts.made().intersect(due).split(every);
    IntervalSet stale = IntervalSet.EMPTY;
    IntervalSet foreign = IntervalSet.EMPTY;
    for (JobFacts.Mark mark : facts.stale()) {
      if (FOREIGN.contains(mark.kind())) {
        foreign = foreign.plus(mark.interval());
      } else {
        stale = stale.plus(mark.interval());
      }
    }
    IntervalSet early =
        facts.early().values().stream().reduce(IntervalSet.EMPTY, IntervalSet::union);
    return new TableStatus(
        job.name().toString(),
        every,
        due.split(every).size(),
        made.size(),
        waiting.split(every).size(),
        facts.failed().split(every).size(),
        stale.intersect(facts.made()).split(every).size(),
        early.split(every).size(),
        foreign.split(every).size(),
        made.isEmpty() ? Optional.empty() : Optional.of(every.name(made.get(made.size() - 1))),
        cause(job, facts.failed(), ledger));
  }

  private static Optional<String> cause(Job job, IntervalSet failed, Ledger ledger) {
    if (failed.isEmpty()) {
      return Optional.empty();
    }
    Interval first = failed.split(job.every()).get(0);
    return ledger.attemptsAt(job.name().toString(), first, LOOKED_AT).stream()
        .filter(
            attempt ->
                attempt.state().equals("failed")
                    || attempt.isMadeInPart() && attempt.unpublished().contains(first))
        .findFirst()
        .map(attempt -> told(job, first, attempt));
  }

  private static String told(Job job, Interval interval, AttemptRow attempt) {
    return "%s failed (%s): %s"
        .formatted(
            job.every().name(interval),
            attempt.failureClass(),
            RunEvent.cause(job.name(), attempt.message()));
  }

  static void print(PrintWriter out, List<TableStatus> tables) {
    TextTable table =
        new TextTable(
            "table", "every", "made", "due", "missing", "waiting", "failed", "stale", "early",
            "foreign", "newest");
    for (TableStatus one : tables) {
      table.add(
          one.job,
          one.every.word(),
          one.made,
          one.due,
          one.due - one.made,
          one.waiting,
          one.failed,
          one.stale,
          one.early,
          one.foreign,
          one.newest.orElse("-"));
    }
    table.print(out);
    tables.forEach(one -> one.cause.ifPresent(cause -> out.println(one.job + " " + cause)));
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
        "waiting",
        waiting,
        "failed",
        failed,
        "stale",
        stale,
        "early",
        early,
        "foreign",
        foreign,
        "newest",
        newest.orElse(null),
        "cause",
        cause.orElse(null));
  }
}
