package io.sluice.lake;

import io.sluice.time.LakeTime;
import java.util.Map;
import java.util.Optional;

/** What {@code conf/lake.conf} and the environment's file say. */
record LakeConf(
    String name,
    String root,
    LakeTime time,
    LedgerSpec ledger,
    int parallel,
    Map<String, String> spark,
    Defaults defaults) {

  /** What holds for each job that says nothing else. */
  record Defaults(
      ScheduleReader.Draft schedule, Optional<Double> limit, EffortReader.Draft effort) {}
}
