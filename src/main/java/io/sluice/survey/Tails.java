package io.sluice.survey;

import io.sluice.deltalog.Commit;
import java.util.List;

/** Reads the ends of Delta logs. */
@FunctionalInterface
public interface Tails {

  /** The commits after a version, in order; empty where there are none, or no table. */
  List<Commit> since(String path, long version);
}
