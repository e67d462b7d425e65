package io.sluice.deltalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table's log, with what was kept of the commits that it has forgotten; those are looked for only
 * where the log has a gap.
 */
public record LogHistory(TableLog log, KeptCommits kept) {

  /** As {@link TableLog#at}. */
  public static LogHistory at(String path, Map<String, String> settings) {
    return new LogHistory(TableLog.at(path, settings), new KeptCommits(path, settings));
  }

  /** As {@link TableLog#since}, with a gap only where nothing was kept. */
  public LogTail since(long version) {
    LogTail tail = log.since(version);
    Optional<LogGap.Cleaned> cleaned = tail.gap().flatMap(LogGap::cleaned);
    return cleaned.isEmpty() ? tail : filled(tail, cleaned.get());
  }

  private LogTail filled(LogTail tail, LogGap.Cleaned gap) {
    List<Commit> all = new ArrayList<>(kept.between(gap.first(), gap.last()));
    if (all.isEmpty()) {
      return tail;
    }
    long first = gap.first();
    long last = gap.last();
    for (int i = 0; i < all.size() && all.get(i).version() == first; i++) {
      first++;
    }
    for (int i = all.size() - 1; i >= 0 && all.get(i).version() == last; i--) {
      last--;
    }
    all.addAll(tail.commits());
    return new LogTail(
        all,
        tail.latest(),
        first > last ? Optional.empty() : Optional.of(LogGap.cleaned(first, last)));
  }
}
