package io.sluice.survey;

import io.sluice.lake.Job;
import io.sluice.ledger.MadeFacts;
import io.sluice.plan.PlannedTask;
import io.sluice.task.Outcome;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.List;
import java.util.Map;

/**
 * What a run must read from the ledger and from the tables' logs. Safe for use by many threads, as
 * fresh as the call: a run changes what it reads, and so may another one.
 */
public interface Reading {

  /** The newest version of the job's table; -1 where there is none. Asked before each attempt. */
  long version(Job job);

  /**
   * The task's intervals that nobody has made since the plan was drawn up; asked when the job's
   * lease is held. What this run itself made of the task's inputs must not take any away; of an
   * ordered job, all that come after the first are still planned.
   */
  List<Interval> stillPlanned(PlannedTask task);

  /**
   * By whole input: which of these intervals the input has not passed yet. Asked before an attempt,
   * because what lands while it runs may be seen by it or not.
   */
  Map<String, IntervalSet> early(Job job, List<Interval> intervals);

  /**
   * What an attempt that is published tells the ledger: its receipt, version and source items, and
   * what the commits of each input touched between the ledger's position now and the version that
   * the receipt says was read.
   */
  MadeFacts facts(Job job, Outcome.Made made, Map<String, IntervalSet> early);
}
