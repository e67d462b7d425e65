package io.sluice.table;

import io.delta.exceptions.ConcurrentTransactionException;
import io.sluice.deltalog.Receipt;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A commit through Delta's public API, which skips without a word what brings a version that is not
 * above the last, and fails where another version of the job came while it worked.
 */
record FencedCommit(CommitLog log, Optional<Fence> fence, OptionalLong base, Receipt receipt) {
  private static final int TRIES = 20;

  /** Commits, and gives the version that it made. */
  long make(Runnable check, Commit commit) {
    if (fence.isEmpty()) {
      check.run();
      commit.with(Optional.empty());
      return log.versionOf(receipt, base);
    }
    for (int tries = 1; ; tries++) {
      check.run();
      log.refuseFenced(fence.get(), base);
      try {
        commit.with(Optional.of(new Mark(fence.get(), fence.get().after(log.latest()))));
      } catch (ConcurrentTransactionException e) {
        if (tries == TRIES) {
          throw e;
        }
        continue;
      }
      OptionalLong landed = log.find(receipt, base);
      if (landed.isPresent()) {
        return landed.getAsLong();
      }
      log.refuseFenced(fence.get(), OptionalLong.empty());
      if (tries == TRIES) {
        throw fence.get().passedOver();
      }
    }
  }

  /** What Delta is told of who commits. */
  record Mark(Fence fence, long version) {}

  /** Does it, with this mark. */
  @FunctionalInterface
  interface Commit {
    void with(Optional<Mark> mark);
  }
}
