package io.sluice.table;

import java.util.OptionalLong;

/**
 * Keeps a driver that stood still from publishing after another has taken its job over: the table
 * keeps the highest token under which the job was taken over, as the version of an application of
 * that name, and takes no commit of a lower one. A commit through Delta's public API must bring a
 * version of its own, higher than the last, so a token leaves room for many.
 *
 * @param token of the lease under which rows are made
 */
public record Fence(String job, long token) {
  private static final int ROOM = 32;
  private static final int STRIDE = 1000;

  String application() {
    return "sluice." + job;
  }

  /** What a takeover leaves in the table, and a commit that creates it. */
  long first() {
    return token << ROOM;
  }

  /**
   * What a commit of ours brings.
   *
   * @param latest version of the table, which is higher each time
   */
  long after(OptionalLong latest) {
    return first() + latest.orElse(-1) + 2;
  }

  boolean isOvertakenBy(long known) {
    return known >> ROOM > token;
  }

  /**
   * @param known what the table keeps; negative for nothing
   */
  void refuse(long known) {
    if (isOvertakenBy(known)) {
      throw new FencedException(job, known >> ROOM);
    }
  }

  /** Delta took what we brought for what it had already, and the log says no more by what. */
  FencedException passedOver() {
    return new FencedException(job, token + STRIDE);
  }
}
