package io.sluice.survey;

import io.sluice.lake.Job;
import io.sluice.lake.TableName;
import io.sluice.time.IntervalSet;
import java.time.Instant;

/** Which intervals of a job's inputs nobody could make any more at some moment of the past. */
@FunctionalInterface
public interface Unobtainable {

  /** Where all can be had. */
  Unobtainable NONE = (reader, input, moment) -> IntervalSet.EMPTY;

  IntervalSet of(Job reader, TableName input, Instant moment);
}
