package io.sluice.survey;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.MadeFacts;
import io.sluice.plan.MarkKinds;
import io.sluice.plan.PlannedTask;
import io.sluice.task.Outcome;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the driver asks of ledger and logs, before and after each attempt. */
public final class TaskReading implements Reading {

  /** So many of the newest attempts at a task's intervals are asked whether they made them. */
  private static final int LOOKED_AT = 1000;

  private final Lake lake;
  private final Ledger ledger;
  private final Tails tails;
  private final CommitFacts commits;
  private final Waits waits;
  private final String run;
  private final Instant planned;
  private final Function<Job, IntervalSet> staleNow;

  /**
   * @param run the run that asks
   * @param planned when its plan was begun: what ended in that instant may be news to it
   * @param staleNow what a plan made now would make of the job, or would if it could
   * @param unobtainable intervals of a job that nobody can make any more
   */
  public TaskReading(
      Lake lake,
      Ledger ledger,
      Tails tails,
      String run,
      Instant planned,
      Function<Job, IntervalSet> staleNow,
      Function<TableName, IntervalSet> unobtainable) {
    this.lake = lake;
    this.ledger = ledger;
    this.tails = tails;
    this.commits = new CommitFacts(lake, ledger, tails);
    this.waits = new Waits(lake, unobtainable);
    this.run = run;
    this.planned = planned;
    this.staleNow = staleNow;
  }

  @Override
  public long version(Job job) {
    long known =
        ledger.facts(job.name().toString()).positions().getOrDefault(job.name().toString(), -1L);
    return tails.since(lake.path(job.name()), known).latest().orElse(-1);
  }

  @Override
  public Map<String, IntervalSet> early(Job job, List<Interval> intervals) {
    return waits.early(
        job, intervals, input -> MarkKinds.standing(ledger.facts(input.table().toString())));
  }

  @Override
  public List<Interval> stillPlanned(PlannedTask task) {
    Interval span = task.first().span(task.last());
    IntervalSet others = IntervalSet.EMPTY;
    for (AttemptRow attempt : ledger.attemptsAt(task.job().toString(), span, LOOKED_AT)) {
      if (attempt.state().equals("made")
          && !attempt.run().equals(run)
          && attempt.endedAt().filter(end -> !end.isBefore(planned)).isPresent()) {
        others = others.union(attempt.made());
      }
    }
    if (others.isEmpty()) {
      return task.intervals();
    }
    Job job = lake.job(task.job());
    IntervalSet done = others.minus(staleNow.apply(job));
    List<Interval> left =
        task.intervals().stream().filter(interval -> !done.contains(interval)).toList();
    if (!job.isOrdered() || left.isEmpty()) {
      return left;
    }
    return task.intervals().subList(task.intervals().indexOf(left.get(0)), task.intervals().size());
  }

  @Override
  public MadeFacts facts(Job job, Outcome.Made made, Map<String, IntervalSet> early) {
    return commits.facts(
        job, made.receipt(), made.version(), SourceSurvey.items(made.looks()), early);
  }
}
