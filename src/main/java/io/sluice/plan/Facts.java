package io.sluice.plan;

import io.sluice.lake.TableName;
import io.sluice.ledger.JobFacts;
import io.sluice.time.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that a plan is made from besides the definitions.
 *
 * @param ledger what the ledger knows of each job
 * @param changes by job: what happened in its inputs' logs and its own after the ledger's positions
 * @param sources by job with a source: the intervals that were looked at
 */
public record Facts(
    Instant now,
    Map<TableName, JobFacts> ledger,
    Map<TableName, List<JobFacts.Mark>> changes,
    Map<TableName, Map<Interval, SourceState>> sources) {

  public Facts {
    ledger = Map.copyOf(ledger);
    changes = Map.copyOf(changes);
    sources = Map.copyOf(sources);
  }

  JobFacts of(TableName job) {
    JobFacts facts = ledger.get(job);
    return facts == null ? JobFacts.none(job.toString()) : facts;
  }

  List<JobFacts.Mark> changes(TableName job) {
    return changes.getOrDefault(job, List.of());
  }

  Map<Interval, SourceState> sources(TableName job) {
    return sources.getOrDefault(job, Map.of());
  }
}
