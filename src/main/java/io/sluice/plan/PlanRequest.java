package io.sluice.plan;

import io.sluice.lake.TableName;
import io.sluice.time.IntervalSet;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody wants made.
 *
 * @param selected jobs that may be in the plan
 * @param forced intervals to make whatever the facts say, as a span that a person named; by job
 * @param backfill whether only what is forced, and what that reaches, is made
 * @param until intervals that end later are left out; on the lake's own clock
 * @param changed whether intervals made by another definition are made again
 */
public record PlanRequest(
    Set<TableName> selected,
    Map<TableName, IntervalSet> forced,
    boolean backfill,
    Optional<LocalDateTime> until,
    boolean changed) {

  public PlanRequest {
    selected = Set.copyOf(selected);
    forced = Map.copyOf(forced);
  }

  public static PlanRequest upToDate(Set<TableName> selected) {
    return new PlanRequest(selected, Map.of(), false, Optional.empty(), false);
  }

  IntervalSet forced(TableName job) {
    return forced.getOrDefault(job, IntervalSet.EMPTY);
  }
}
