package io.sluice.survey;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.LogTail;
import io.sluice.deltalog.Receipt;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.JobFacts;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.MadeFacts;
import io.sluice.ledger.SourceItem;
import io.sluice.plan.MarkKinds;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the receipt of a published attempt into what the ledger is told of it. */
record CommitFacts(Lake lake, Ledger ledger, Tails tails) {

  MadeFacts facts(
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
                    .filter(read -> !read.name().equals(job.name()))
                    .ifPresent(read -> touched.put(table, touched(known, job, read, to))));
    MadeFacts.Touched own = behindUnknown(job, touched(known, job, job, version));
    List<JobFacts.Mark> marks = new ArrayList<>(own.marks());
    marks.addAll(takenBack(job, receipt));
    touched.put(
        job.name().toString(), new MadeFacts.Touched(own.from(), own.to(), List.copyOf(marks)));
    return new MadeFacts(receipt, version, items, early, touched);
  }

  /**
   * Who has another ledger may have published in between, or this one is a copy of old, or the
   * commit of an attempt that had failed landed late: then the position stays, so that what lies
   * after it is caught up with.
   */
  private MadeFacts.Touched behindUnknown(Job job, MadeFacts.Touched own) {
    if (own.from() < 0 || own.to() - own.from() < 2) {
      return own;
    }
    boolean anyUnknown =
        tails.since(lake.path(job.name()), own.from()).commits().stream()
            .filter(commit -> commit.version() < own.to())
            .flatMap(commit -> commit.receipt().stream())
            .filter(receipt -> receipt.job().equals(job.name().toString()))
            .map(receipt -> ledger.attempt(receipt.attempt()))
            .anyMatch(known -> known.isEmpty() || known.get().hasFailed());
    return anyUnknown ? new MadeFacts.Touched(own.to() - 1, own.to(), own.marks()) : own;
  }

  /** The marks of the commits between the two versions, whichever is the older. */
  private MadeFacts.Touched touched(JobFacts known, Job job, Job read, long version) {
    String table = read.name().toString();
    long position = known.positions().getOrDefault(table, -1L);
    if (position < 0) {
      return new MadeFacts.Touched(position, version, List.of());
    }
    LogTail tail = tails.since(lake.path(read.name()), Math.min(position, version));
    Touches touches = new Touches(lake);
    Optional<Input> input = Optional.ofNullable(job.inputs().get(read.name()));
    if (tail.latest().isPresent() && tail.latest().getAsLong() < position) {
      // Removed and made anew: there is nothing between the versions of two tables.
      LogTail anew = tails.since(lake.path(read.name()), position);
      List<JobFacts.Mark> all =
          read.name().equals(job.name()) || input.isEmpty()
              ? List.of()
              : touches.inReader(job, input.get(), anew.gap(), List.of());
      ledger.advance(job.name().toString(), table, Optional.of(position), version, all);
      return new MadeFacts.Touched(version, version, List.of());
    }
    long last = Math.max(position, version);
    List<Commit> commits =
        tail.commits().stream().filter(commit -> commit.version() <= last).toList();
    List<JobFacts.Mark> marks = new ArrayList<>();
    if (read.name().equals(job.name())) {
      marks.addAll(touches.foreign(job, Optional.empty(), commits));
    } else {
      input.ifPresent(of -> marks.addAll(touches.inReader(job, of, tail.gap(), commits)));
    }
    return new MadeFacts.Touched(position, version, marks);
  }

  /**
   * Of an ordered job, what came after the task is gone from the table, or was made from less; of a
   * table that began anew, all else is. An undo tells itself of all that it takes back.
   */
  private static List<JobFacts.Mark> takenBack(Job job, Receipt receipt) {
    if (receipt.anew()) {
      return List.of(
          new JobFacts.Mark(Interval.ALWAYS, MarkKinds.ORDER, "the table was begun anew"));
    }
    Optional<Interval> task =
        IntervalSet.of(receipt.made().stream().map(Receipt.Made::interval).toList()).span();
    boolean takesBack =
        job.isOrdered() && job.every() != Cadence.NONE && receipt.undone().isEmpty();
    return !takesBack || task.isEmpty()
        ? List.of()
        : List.of(
            new JobFacts.Mark(
                new Interval(task.get().to(), Interval.ALWAYS.to()),
                MarkKinds.ORDER,
                "an interval before it was made anew"));
  }
}
