package io.sluice.ledger;

import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the ledger knows of one job when a plan is made.
 *
 * @param job {@code layer.table}
 * @param made all intervals that are in the table
 * @param failed intervals whose last attempt failed, whether made before or not
 * @param early by input: intervals made before that whole input had passed them
 * @param stale made intervals that something changed under
 * @param positions by table read, the job's own included: version up to which its log was read
 * @param definition fingerprint by which the newest was made
 * @param otherDefinition made intervals that another definition than that one made
 * @param fit empty where nothing was too much so far
 */
public record JobFacts(
    String job,
    IntervalSet made,
    IntervalSet failed,
    Map<String, IntervalSet> early,
    List<Mark> stale,
    Map<String, Long> positions,
    Optional<String> definition,
    IntervalSet otherDefinition,
    Optional<Fit> fit) {

  /** Of a job of which nothing was too much so far. */
  public JobFacts(
      String job,
      IntervalSet made,
      IntervalSet failed,
      Map<String, IntervalSet> early,
      List<Mark> stale,
      Map<String, Long> positions,
      Optional<String> definition,
      IntervalSet otherDefinition) {
    this(job, made, failed, early, stale, positions, definition, otherDefinition, Optional.empty());
  }

  public JobFacts {
    early = Map.copyOf(early);
    stale = List.copyOf(stale);
    positions = Map.copyOf(positions);
  }

  public static JobFacts none(String job) {
    return new JobFacts(
        job,
        IntervalSet.EMPTY,
        IntervalSet.EMPTY,
        Map.of(),
        List.of(),
        Map.of(),
        Optional.empty(),
        IntervalSet.EMPTY);
  }

  /**
   * Something that happened to intervals after they were made.
   *
   * @param kind {@code input changed}, {@code foreign}, {@code forced} (a backfill that has not
   *     ended)
   * @param cause what a person is told: the input and version
   */
  public record Mark(Interval interval, String kind, String cause) {}
}
