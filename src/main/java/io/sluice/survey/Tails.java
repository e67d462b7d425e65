package io.sluice.survey;

import io.sluice.deltalog.LogTail;

/** Reads the ends of Delta logs. */
@FunctionalInterface
public interface Tails {

  /**
   * What the log of the table at this URI holds after a version.
   *
   * @param version known before; -1 for none
   */
  LogTail since(String path, long version);
}
