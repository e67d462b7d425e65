package io.sluice.task;

import io.sluice.lake.Job;
import io.sluice.lake.Making;

/** Which of a task's intervals a failure that names none is about. */
enum Blame {
  /** Perhaps only some of them: they are looked for. */
  UNKNOWN,
  /**
   * The columns that are made. Of a transform they are the same for all intervals; those of a
   * source may be one file's.
   */
  COLUMNS,
  /** All of them, whatever the rows: the definition, rights, settings, the machine. */
  ALL;

  boolean isOnAll(Job job) {
    return switch (this) {
      case UNKNOWN -> false;
      case COLUMNS -> !(job.making() instanceof Making.FromSource);
      case ALL -> true;
    };
  }
}
