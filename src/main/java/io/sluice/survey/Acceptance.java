package io.sluice.survey;

import io.sluice.api.Look;
import io.sluice.deltalog.LogTail;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.TableName;
import io.sluice.ledger.JobFacts;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.SourceItem;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Counts intervals as made from what their inputs and sources hold now, so that only what happens
 * after this is a reason to make them again.
 *
 * @param look what the source of a job holds for intervals now
 */
public record Acceptance(
    Lake lake,
    Ledger ledger,
    Tails tails,
    BiFunction<Job, List<Interval>, Map<Interval, Look>> look) {

  public void accept(Job job, List<Interval> intervals, String reason, Instant at) {
    readOn(job);
    Map<Interval, List<SourceItem>> items =
        job.making() instanceof Making.FromSource
            ? SourceSurvey.items(look.apply(job, intervals))
            : Map.of();
    ledger.accept(
        job.name().toString(), IntervalSet.of(intervals), job.fingerprint(), reason, at, items);
  }

  /** What happened until now becomes marks, of which those of the intervals are then taken off. */
  private void readOn(Job job) {
    JobFacts known = ledger.facts(job.name().toString());
    Set<TableName> tables = new LinkedHashSet<>(job.inputs().keySet());
    tables.add(job.name());
    for (TableName table : tables) {
      Optional<Long> position = Optional.ofNullable(known.positions().get(table.toString()));
      LogTail tail = tails.since(lake.path(table), position.orElse(-1L));
      if (tail.latest().isPresent()) {
        long latest = tail.latest().getAsLong();
        List<JobFacts.Mark> marks = position.isEmpty() ? List.of() : marks(job, table, tail);
        ledger.advance(job.name().toString(), table.toString(), position, latest, marks);
      }
    }
  }

  private List<JobFacts.Mark> marks(Job job, TableName table, LogTail tail) {
    Touches touches = new Touches(lake);
    Input input = job.inputs().get(table);
    return table.equals(job.name()) || input == null
        ? touches.foreign(job, tail.gap(), tail.commits())
        : touches.inReader(job, input, tail.gap(), tail.commits());
  }
}
