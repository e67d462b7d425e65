package io.sluice.survey;

import io.sluice.api.Look;
import io.sluice.deltalog.Commit;
import io.sluice.deltalog.LogTail;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.TableName;
import io.sluice.ledger.Accepted;
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
import java.util.TreeMap;
import java.util.UUID;
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

  /** Is written down in the lake first: a ledger that is lost after this is told of it again. */
  public void accept(Job job, List<Interval> intervals, String reason, Instant at) {
    Map<TableName, Long> seen = new TreeMap<>();
    for (TableName table : tables(job)) {
      tails
          .since(lake.path(table), position(job, table).orElse(-1L))
          .latest()
          .ifPresent(latest -> seen.put(table, latest));
    }
    KeptAcceptance kept =
        new KeptAcceptance(
            "accept-" + UUID.randomUUID(),
            job.name(),
            intervals,
            job.fingerprint(),
            reason,
            at,
            seen,
            items(job, intervals));
    new KeptAcceptances(lake).keep(kept);
    take(job, kept);
  }

  /** Tells the ledger of what was accepted when the logs were at the versions that it names. */
  void take(Job job, KeptAcceptance kept) {
    kept.seen().forEach((table, version) -> readOn(job, table, version));
    ledger.accept(
        new Accepted(
            kept.id(),
            job.name().toString(),
            IntervalSet.of(kept.intervals()),
            kept.definition(),
            kept.reason(),
            kept.at(),
            kept.seen().getOrDefault(job.name(), -1L),
            kept.items()));
  }

  private static Set<TableName> tables(Job job) {
    Set<TableName> tables = new LinkedHashSet<>(job.inputs().keySet());
    tables.add(job.name());
    return tables;
  }

  private Optional<Long> position(Job job, TableName table) {
    return Optional.ofNullable(
        ledger.facts(job.name().toString()).positions().get(table.toString()));
  }

  private Map<Interval, List<SourceItem>> items(Job job, List<Interval> intervals) {
    return job.making() instanceof Making.FromSource
        ? SourceSurvey.items(look.apply(job, intervals))
        : Map.of();
  }

  /** What happened until then becomes marks, of which those of the intervals are then taken off. */
  private void readOn(Job job, TableName table, long version) {
    if (lake.find(table).isEmpty()) {
      return;
    }
    Optional<Long> position = position(job, table);
    LogTail tail = tails.since(lake.path(table), position.orElse(-1L));
    boolean isAnew = tail.latest().isPresent() && tail.latest().getAsLong() < position.orElse(-1L);
    if (position.isEmpty() || position.get() < version || isAnew) {
      List<JobFacts.Mark> marks = position.isEmpty() ? List.of() : marks(job, table, tail, version);
      ledger.advance(job.name().toString(), table.toString(), position, version, marks);
    }
  }

  private List<JobFacts.Mark> marks(Job job, TableName table, LogTail tail, long version) {
    Touches touches = new Touches(lake);
    Input input = job.inputs().get(table);
    List<Commit> commits =
        tail.commits().stream().filter(commit -> commit.version() <= version).toList();
    return table.equals(job.name()) || input == null
        ? touches.foreign(job, tail.gap(), commits)
        : touches.inReader(job, input, tail.gap(), commits);
  }
}
