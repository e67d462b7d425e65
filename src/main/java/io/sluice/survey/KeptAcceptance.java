package io.sluice.survey;

import io.sluice.lake.TableName;
import io.sluice.ledger.SourceItem;
import io.sluice.time.Interval;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person counted as made, as the lake keeps it for a ledger that is lost.
 *
 * @param seen newest version of the job's table and of each input when it was accepted; without
 *     those that had none
 * @param items what the source had of the intervals then
 */
record KeptAcceptance(
    String id,
    TableName job,
    List<Interval> intervals,
    String definition,
    String reason,
    Instant at,
    Map<TableName, Long> seen,
    Map<Interval, List<SourceItem>> items) {

  KeptAcceptance {
    intervals = List.copyOf(intervals);
    seen = Map.copyOf(seen);
    items = Map.copyOf(items);
  }

  KeptAcceptance withItems(Map<Interval, List<SourceItem>> its) {
    return new KeptAcceptance(id, job, intervals, definition, reason, at, seen, its);
  }

  KeptAcceptance seeing(Map<TableName, Long> more) {
    Map<TableName, Long> all = new HashMap<>(more);
    all.putAll(seen);
    return new KeptAcceptance(id, job, intervals, definition, reason, at, all, items);
  }

  /** The newest version of the job's table then; -1 where there was none. */
  long version() {
    return seen.getOrDefault(job, -1L);
  }
}
