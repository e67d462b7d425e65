package io.sluice.task;

import io.sluice.api.Source;
import io.sluice.lake.Job;

/** How tasks come to the sources outside the lake. */
public interface Feeds {

  /** The source of a raw job. */
  Source source(Job job);

  /** What was seen before of the job's items. */
  Source.KnownItems known(Job job);
}
