package io.sluice.repair;

import io.sluice.deltalog.Receipt;
import io.sluice.lake.Job;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;

/** What a person wants undone. */
public sealed interface UndoRequest {

  /** All that a run wrote. */
  record OfRun(String run) implements UndoRequest {
    @Override
    public boolean isOf(Receipt receipt) {
      return receipt.run().equals(run);
    }

    @Override
    public String text() {
      return run;
    }
  }

  /** Of each interval of a span, the newest commit that made it. */
  record OfTable(Job job, Interval span) implements UndoRequest {
    @Override
    public boolean isOf(Receipt receipt) {
      return false;
    }

    @Override
    public String text() {
      Cadence every = job.every();
      return span.isAlways()
          ? job.name().toString()
          : job.name() + " " + every.name(every.at(span.from()), every.at(span.to().minusNanos(1)));
    }
  }

  /** Whether the commit is to be undone, whatever it made. */
  boolean isOf(Receipt receipt);

  /** As people read it: the run, or the table and its dates. */
  String text();
}
