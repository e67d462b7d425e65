package io.sluice.run;

import io.sluice.lake.Job;
import io.sluice.lake.TableName;
import io.sluice.ledger.Fit;
import io.sluice.ledger.Ledger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much of a job is not too much at once, as far as a run has found out; the ledger keeps it.
 */
record Fits(Ledger ledger, Map<TableName, Integer> sizes) {

  Fits(Ledger ledger) {
    this(ledger, new ConcurrentHashMap<>());
  }

  /** So many intervals are tried at once from now on, in this run and in later ones. */
  void atMost(Job job, int intervals) {
    sizes.put(job.name(), intervals);
    ledger.fits(job.name().toString(), new Fit(job.fingerprint(), job.effort().batch(), intervals));
  }

  int of(Job job) {
    return sizes.getOrDefault(job.name(), Integer.MAX_VALUE);
  }
}
