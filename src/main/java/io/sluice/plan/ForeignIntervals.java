package io.sluice.plan;

import io.sluice.lake.Job;
import io.sluice.ledger.JobFacts;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The intervals of a job whose rows somebody else has changed since they were made. Whatever wants
 * them made again waits until a person says which rows are to stay.
 */
final class ForeignIntervals {
  private final Job job;
  private final TreeMap<Interval, String> causes = new TreeMap<>();

  private ForeignIntervals(Job job) {
    this.job = job;
  }

  /**
   * @param due the intervals that may be planned
   */
  static ForeignIntervals of(Job job, Facts facts, IntervalSet due) {
    ForeignIntervals foreign = new ForeignIntervals(job);
    JobFacts known = facts.of(job.name());
    Stream.concat(known.stale().stream(), facts.changes(job.name()).stream())
        .filter(mark -> mark.kind().equals(MarkKinds.FOREIGN))
        .forEach(
            mark -> {
              // What was not made yet is made over nothing, where it is not known what they
              // touched.
              IntervalSet among =
                  mark.interval().isAlways() && job.every() != Cadence.NONE
                      ? known.made()
                      : known.made().union(due);
              Needs.among(among, mark.interval(), job.every())
                  .forEach(interval -> foreign.causes.put(interval, mark.cause()));
            });
    return foreign;
  }

  /** Why the interval is left as it is. */
  Optional<String> obstacle(Interval interval, StaleIntervals stale) {
    String own = causes.get(interval);
    if (own != null && !stale.isForced(interval)) {
      return Optional.of(
          "%s; to make it all the same: sluice backfill --select %s --date %s; to keep it: sluice accept %s --date %s --reason '…'"
              .formatted(
                  own,
                  job.name(),
                  job.every().name(interval),
                  job.name(),
                  job.every().name(interval)));
    }
    return job.isOrdered() ? laterObstacle(interval, stale) : Optional.empty();
  }

  /** Of an ordered job, to make an interval takes back what later ones did. */
  private Optional<String> laterObstacle(Interval interval, StaleIntervals stale) {
    return causes.tailMap(interval, false).entrySet().stream()
        .filter(later -> !stale.isForced(later.getKey()))
        .findFirst()
        .map(
            later ->
                "would take back %s, where there was a %s; to do it all the same: sluice backfill --select %s --from %s --to %s"
                    .formatted(
                        job.every().name(later.getKey()),
                        later.getValue(),
                        job.name(),
                        job.every().name(interval),
                        job.every().name(later.getKey())));
  }
}
