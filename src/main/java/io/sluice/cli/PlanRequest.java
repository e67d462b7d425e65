package io.sluice.cli;

import io.sluice.time.Interval;
import java.util.List;
import java.util.Optional;

/**
 * What of the lake is to be brought up to date.
 *
 * @param select jobs as a person names them: {@code fact_sale}, {@code +fact_sale}, {@code
 *     raw.sales+}, {@code layer:raw}, {@code tag:finance}; empty for all
 * @param until intervals that end after this interval's end are left out
 * @param changed whether intervals made by another definition are made again
 * @param allSources whether landing files of any age are looked at
 * @param backfill what is made again whether it is stale or not
 */
public record PlanRequest(
    List<String> select,
    Optional<Interval> until,
    boolean changed,
    boolean allSources,
    Optional<Backfill> backfill) {

  public PlanRequest {
    select = List.copyOf(select);
  }

  /** All that is missing or stale, up to an interval. */
  public static PlanRequest upTo(Optional<Interval> until) {
    return new PlanRequest(List.of(), until, false, false, Optional.empty());
  }

  /**
   * Intervals that are made again.
   *
   * @param downstream whether what reads them is made again too
   * @param rebuild whether the tables are made anew, schema and all
   * @param quarantined whether only those are meant that have rows in quarantine
   */
  public record Backfill(Interval span, boolean downstream, boolean rebuild, boolean quarantined) {

    /** All of the span, whatever is in quarantine. */
    public Backfill(Interval span, boolean downstream, boolean rebuild) {
      this(span, downstream, rebuild, false);
    }

    /** What of the span turned rows away, which may be good now. */
    static Backfill replay(Interval span) {
      return new Backfill(span, true, false, true);
    }
  }
}
