package io.sluice.task;

import io.sluice.api.Source;
import io.sluice.lake.Job;
import io.sluice.lake.SourceSpec;

/** How tasks come to the sources outside the lake. */
public interface Feeds {

  Source source(Job job, SourceSpec spec);

  /** What was seen before of the job's items. */
  Source.KnownItems known(Job job);
}
