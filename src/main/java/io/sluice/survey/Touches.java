package io.sluice.survey;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.LogGap;
import io.sluice.deltalog.Receipt;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.ledger.JobFacts;
import io.sluice.plan.MarkKinds;
import io.sluice.plan.Needs;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which intervals a commit touched, of its own table and of those that read it. */
final class Touches {
  private final Lake lake;

  Touches(Lake lake) {
    this.lake = lake;
  }

  /** Marks for the reader's intervals that see rows which these commits of an input changed. */
  List<JobFacts.Mark> inReader(
      Job reader, Input input, Optional<LogGap> gap, List<Commit> commits) {
    boolean counts = input.sight().isCut() || input.follow() || reader.every() == Cadence.NONE;
    if (!counts) {
      return List.of();
    }
    Job read = lake.job(input.table());
    List<JobFacts.Mark> marks = new ArrayList<>();
    gap.ifPresent(
        lost ->
            marks.add(
                new JobFacts.Mark(
                    Interval.ALWAYS,
                    MarkKinds.INPUT_CHANGED,
                    "%s: %s".formatted(input.table(), lost.why()))));
    for (Commit commit : commits) {
      String cause = "%s at version %d".formatted(input.table(), commit.version());
      for (Interval touched : ofTable(read, commit).ranges()) {
        Interval reached = Needs.reached(reader, input, read, touched, lake.time());
        marks.add(new JobFacts.Mark(reached, MarkKinds.INPUT_CHANGED, cause));
      }
    }
    return marks;
  }

  /** Marks for what others committed to the job's own table. */
  List<JobFacts.Mark> foreign(Job job, Optional<LogGap> gap, List<Commit> commits) {
    List<JobFacts.Mark> marks = new ArrayList<>();
    gap.ifPresent(
        lost -> marks.add(new JobFacts.Mark(Interval.ALWAYS, MarkKinds.UNREAD, lost.why())));
    for (Commit commit : commits) {
      if (commit.changesData() && commit.receipt().isEmpty()) {
        String cause = "%s by others at version %d".formatted(commit.operation(), commit.version());
        for (Interval touched : ofTable(job, commit).ranges()) {
          marks.add(new JobFacts.Mark(touched, MarkKinds.FOREIGN, cause));
        }
      }
    }
    return marks;
  }

  /** The table's own intervals in which the commit changed rows. */
  IntervalSet ofTable(Job job, Commit commit) {
    if (!commit.changesData()) {
      return IntervalSet.EMPTY;
    }
    if (job.every() == Cadence.NONE) {
      return IntervalSet.of(Interval.ALWAYS);
    }
    Optional<String> column = job.cutColumn().filter(job.shape().partitionBy()::contains);
    if (column.isPresent() && !commit.touchesUnknown()) {
      return byPartition(job, column.get(), commit);
    }
    return commit
        .receipt()
        .filter(receipt -> receipt.job().equals(job.name().toString()))
        .map(Receipt::intervals)
        .orElse(IntervalSet.of(Interval.ALWAYS));
  }

  private IntervalSet byPartition(Job job, String column, Commit commit) {
    List<Interval> touched = new ArrayList<>();
    for (Map<String, String> partition : commit.partitions()) {
      String value = partition.get(column);
      if (value != null) {
        touched.add(
            lake.time().partition(value, job.every()).map(job.every()::at).orElse(Interval.ALWAYS));
      }
    }
    return IntervalSet.of(touched);
  }
}
