package io.sluice.survey;

import io.sluice.api.Source;
import io.sluice.lake.Job;
import io.sluice.ledger.Ledger;
import io.sluice.time.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The items of a landing folder without dates, by the interval in which each was first seen. */
final class SeenItems implements Source.KnownItems {
  private final Ledger ledger;
  private final Job job;
  private final Interval due;
  private @Nullable Map<String, Interval> intervals;

  SeenItems(Ledger ledger, Job job, Interval due) {
    this.ledger = ledger;
    this.job = job;
    this.due = due;
  }

  @Override
  public synchronized Optional<Interval> intervalOf(String itemId) {
    if (intervals == null) {
      Map<String, Interval> seen = new HashMap<>();
      ledger
          .sourceItems(job.name().toString(), Interval.ALWAYS)
          .forEach((interval, items) -> items.forEach(item -> seen.put(item.id(), interval)));
      intervals = seen;
    }
    return Optional.ofNullable(intervals.get(itemId));
  }

  @Override
  public Optional<Interval> newest() {
    List<Interval> all = job.every().split(due);
    return Optional.of(all.get(all.size() - 1));
  }
}
