package io.sluice.survey;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.LogGap;
import io.sluice.deltalog.LogTail;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads each log once, however many ask for some of it: for as long as one plan is made. */
public final class RememberedTails implements Tails {
  private final Tails tails;
  private final Map<String, Known> known = new HashMap<>();

  public RememberedTails(Tails tails) {
    this.tails = tails;
  }

  @Override
  public synchronized LogTail since(String path, long version) {
    Known before = known.get(path);
    Optional<LogTail> told = before == null ? Optional.empty() : before.since(version);
    if (told.isPresent()) {
      return told.get();
    }
    LogTail tail = tails.since(path, version);
    if (before == null || version < before.version) {
      known.put(path, new Known(version, tail));
    }
    return tail;
  }

  /** What a log holds after a version, and so after each later one. */
  private record Known(long version, LogTail tail) {

    Optional<LogTail> since(long later) {
      if (later == version) {
        return Optional.of(tail);
      }
      boolean isIn =
          later > version && tail.latest().isPresent() && later <= tail.latest().getAsLong();
      boolean isWhole =
          tail.gap().isEmpty()
              || tail.gap()
                  .flatMap(LogGap::cleaned)
                  .filter(gone -> gone.last() <= later)
                  .isPresent();
      return isIn && isWhole
          ? Optional.of(new LogTail(after(later), tail.latest(), Optional.empty()))
          : Optional.empty();
    }

    /** By halves, as a lost ledger asks for each version of a long log. */
    private List<Commit> after(long later) {
      List<Commit> commits = tail.commits();
      int first = 0;
      int end = commits.size();
      while (first < end) {
        int middle = (first + end) / 2;
        if (commits.get(middle).version() <= later) {
          first = middle + 1;
        } else {
          end = middle;
        }
      }
      return commits.subList(first, commits.size());
    }
  }
}
