package io.sluice.survey;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.LogTail;
import io.sluice.deltalog.Receipt;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.JobFacts;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.MadeFacts;
import io.sluice.ledger.SourceItem;
import io.sluice.plan.Needs;
import io.sluice.plan.PlannedTask;
import io.sluice.task.Outcome;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the driver asks of ledger and logs, before and after each attempt. */
public final class TaskReading implements Reading, Receipts {

  /** So many of the newest attempts at a task's intervals are asked whether they made them. */
  private static final int LOOKED_AT = 1000;

  private final Lake lake;
  private final Ledger ledger;
  private final Tails tails;
  private final Touches touches;
  private final String run;
  private final Instant planned;
  private final Function<Job, IntervalSet> staleNow;

  /**
   * @param run the run that asks
   * @param planned when its plan was made
   * @param staleNow what a plan made now would make of the job, or would if it could
   */
  public TaskReading(
      Lake lake,
      Ledger ledger,
      Tails tails,
      String run,
      Instant planned,
      Function<Job, IntervalSet> staleNow) {
    this.lake = lake;
    this.ledger = ledger;
    this.tails = tails;
    this.touches = new Touches(lake);
    this.run = run;
    this.planned = planned;
    this.staleNow = staleNow;
  }

  @Override
  public long version(Job job) {
    long known = position(ledger.facts(job.name().toString()), job.name());
    return tails.since(lake.path(job.name()), known).latest().orElse(-1);
  }

  @Override
  public Map<String, IntervalSet> early(Job job, List<Interval> intervals) {
    Map<String, IntervalSet> early = new HashMap<>();
    for (Input input : job.inputs().values()) {
      Job read = lake.job(input.table());
      boolean waitedFor = input.sight() == Input.Sight.WHOLE || input.sight() == Input.Sight.AS_OF;
      if (waitedFor && read.isMade()) {
        IntervalSet made = ledger.facts(input.table().toString()).made();
        List<Interval> lagging =
            intervals.stream().filter(interval -> lags(job, input, read, interval, made)).toList();
        if (!lagging.isEmpty()) {
          early.put(input.table().toString(), IntervalSet.of(lagging));
        }
      }
    }
    return early;
  }

  private boolean lags(Job job, Input input, Job read, Interval interval, IntervalSet made) {
    return Needs.of(job, input, read, interval, lake.time())
        .filter(need -> !Needs.areMet(need, read, made))
        .isPresent();
  }

  @Override
  public List<Interval> stillPlanned(PlannedTask task) {
    Interval span = task.first().span(task.last());
    IntervalSet others = IntervalSet.EMPTY;
    for (AttemptRow attempt : ledger.attemptsAt(task.job().toString(), span, LOOKED_AT)) {
      if (attempt.state().equals("made")
          && !attempt.run().equals(run)
          && attempt.endedAt().filter(end -> !end.isBefore(planned)).isPresent()) {
        others = others.union(attempt.intervals());
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
    return facts(job, made.receipt(), made.version(), SourceSurvey.items(made.looks()), early);
  }

  @Override
  public Optional<MadeFacts> landed(AttemptRow attempt) {
    Optional<Job> job = TableName.parse(attempt.job()).flatMap(lake::find);
    if (job.isEmpty()) {
      return Optional.empty();
    }
    for (Commit commit :
        tails.since(lake.path(job.get().name()), attempt.baseVersion()).commits()) {
      Optional<Receipt> receipt =
          commit.receipt().filter(found -> found.attempt().equals(attempt.id()));
      if (receipt.isPresent()) {
        return receipt.map(found -> facts(job.get(), found, commit.version(), Map.of(), Map.of()));
      }
    }
    return Optional.empty();
  }

  private MadeFacts facts(
      Job job,
      Receipt receipt,
      long version,
      Map<Interval, List<SourceItem>> items,
      Map<String, IntervalSet> early) {
    JobFacts known = ledger.facts(job.name().toString());
    Map<String, MadeFacts.Touched> touched = new HashMap<>();
    receipt
        .reads()
        .forEach(
            (table, to) ->
                TableName.parse(table)
                    .flatMap(lake::find)
                    .ifPresent(
                        read ->
                            touched.put(
                                table, touched(job, read, position(known, read.name()), to))));
    touched.put(job.name().toString(), touched(job, job, position(known, job.name()), version));
    return new MadeFacts(receipt, version, items, early, touched);
  }

  /** The marks of the commits between the two versions, whichever is the older. */
  private MadeFacts.Touched touched(Job job, Job read, long position, long version) {
    if (position < 0) {
      return new MadeFacts.Touched(position, version, List.of());
    }
    long first = Math.min(position, version);
    long last = Math.max(position, version);
    LogTail tail = tails.since(lake.path(read.name()), first);
    List<Commit> commits =
        tail.commits().stream().filter(commit -> commit.version() <= last).toList();
    List<JobFacts.Mark> marks = new ArrayList<>();
    if (read.name().equals(job.name())) {
      marks.addAll(touches.foreign(job, commits));
    } else {
      Optional.ofNullable(job.inputs().get(read.name()))
          .ifPresent(input -> marks.addAll(touches.inReader(job, input, tail.gap(), commits)));
    }
    return new MadeFacts.Touched(position, version, marks);
  }

  private static long position(JobFacts known, TableName read) {
    return known.positions().getOrDefault(read.toString(), -1L);
  }
}
