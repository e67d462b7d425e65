package io.sluice.run;

import io.sluice.lake.TableName;
import io.sluice.ledger.Ledger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The leases of one run: a job's is held while any of its tasks is worked at. */
final class Leases {
  private static final System.Logger LOG = System.getLogger(Leases.class.getName());

  /** A dead driver on another machine is waited for this long. */
  static final Duration TIME = Duration.ofMinutes(2);

  static final Duration RENEWAL = TIME.dividedBy(4);

  private final Ledger ledger;
  private final String holder;
  private final Clock clock;
  private final Consumer<TableName> onLost;
  private final Map<TableName, Held> held = new HashMap<>();

  private record Held(int tasks, Instant until) {}

  Leases(Ledger ledger, String holder, Clock clock, Consumer<TableName> onLost) {
    this.ledger = ledger;
    this.holder = holder;
    this.clock = clock;
    this.onLost = onLost;
  }

  /** False where another driver holds it. */
  synchronized boolean take(TableName job) {
    if (!ledger.lease(job.toString(), holder, clock.instant(), TIME)) {
      return false;
    }
    int tasks = held.containsKey(job) ? held.get(job).tasks() : 0;
    held.put(job, new Held(tasks + 1, clock.instant().plus(TIME)));
    return true;
  }

  synchronized void giveBack(TableName job) {
    Held lease = held.get(job);
    if (lease == null) {
      return;
    }
    if (lease.tasks() > 1) {
      held.put(job, new Held(lease.tasks() - 1, lease.until()));
    } else {
      held.remove(job);
      ledger.release(job.toString(), holder);
    }
  }

  synchronized boolean isHeld(TableName job) {
    return held.containsKey(job);
  }

  /** Who else holds it. */
  String holder(TableName job) {
    return ledger
        .leaseHolder(job.toString(), clock.instant())
        .filter(who -> !who.equals(holder))
        .orElse("another driver");
  }

  /** Renews all; says which are lost. */
  synchronized void renew() {
    for (Map.Entry<TableName, Held> lease : List.copyOf(held.entrySet())) {
      TableName job = lease.getKey();
      Instant until = lease.getValue().until();
      if (renewed(job, until)) {
        continue;
      }
      held.remove(job);
      onLost.accept(job);
    }
  }

  /** A database that does not answer is no reason to stop before the lease ends. */
  private boolean renewed(TableName job, Instant until) {
    Instant now = clock.instant();
    try {
      boolean ours = ledger.lease(job.toString(), holder, now, TIME);
      held.computeIfPresent(job, (any, lease) -> new Held(lease.tasks(), now.plus(TIME)));
      return ours;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The lease of " + job + " could not be renewed", e);
      return now.isBefore(until);
    }
  }
}
