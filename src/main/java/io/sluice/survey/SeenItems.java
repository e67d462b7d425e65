package io.sluice.survey;

import io.sluice.api.Source;
import io.sluice.lake.Job;
import io.sluice.ledger.Ledger;
import io.sluice.time.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The items of a landing folder without dates, by the interval in which each was first seen. */
final class SeenItems implements Source.KnownItems {
  private final Ledger ledger;
  private final Job job;
  private final Interval due;
  private final boolean remembers;
  private @Nullable Map<String, Interval> intervals;

  /**
   * @param remembers whether an item that was never seen is entered as seen in the newest interval
   */
  SeenItems(Ledger ledger, Job job, Interval due, boolean remembers) {
    this.ledger = ledger;
    this.job = job;
    this.due = due;
    this.remembers = remembers;
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
    Interval known = intervals.get(itemId);
    if (known == null) {
      known = asked(itemId);
      if (known != null) {
        intervals.put(itemId, known);
      }
    }
    return Optional.ofNullable(known);
  }

  /** Of an item that is in no interval's rows: it is new, or was gone for a while. */
  private @Nullable Interval asked(String itemId) {
    Interval before = ledger.firstSeen(job.name().toString(), Set.of(itemId)).get(itemId);
    if (before != null || !remembers || newest().isEmpty()) {
      return before;
    }
    ledger.see(job.name().toString(), Map.of(itemId, newest().get()));
    return ledger.firstSeen(job.name().toString(), Set.of(itemId)).get(itemId);
  }

  @Override
  public Optional<Interval> newest() {
    List<Interval> all = job.every().split(due);
    return Optional.of(all.get(all.size() - 1));
  }
}
