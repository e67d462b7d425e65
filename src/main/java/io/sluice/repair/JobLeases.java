package io.sluice.repair;

import io.sluice.lake.TableName;
import io.sluice.ledger.Lease;
import io.sluice.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Leases of jobs, taken all or none, and renewed until this is closed. */
final class JobLeases implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(JobLeases.class.getName());
  private static final Duration TIME = Duration.ofMinutes(2);
  private static final Duration RENEWAL = TIME.dividedBy(4);

  private final Ledger ledger;
  private final String holder;
  private final Clock clock;
  private final Map<TableName, Lease> held = new LinkedHashMap<>();
  private final Set<TableName> lost = new HashSet<>();
  private final ScheduledExecutorService renewal;

  JobLeases(Ledger ledger, String holder, Clock clock) {
    this.ledger = ledger;
    this.holder = holder;
    this.clock = clock;
    this.renewal =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "sluice-leases");
              thread.setDaemon(true);
              return thread;
            });
    renewal.scheduleWithFixedDelay(
        this::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Empty where all were taken; else who holds one of them, and then none is. */
  synchronized Optional<String> take(Collection<TableName> jobs) {
    for (TableName job : jobs) {
      Optional<Lease> lease = ledger.take(job.toString(), holder, now(), TIME);
      if (lease.isEmpty()) {
        giveBack();
        String other = ledger.leaseHolder(job.toString(), now()).orElse("another driver");
        return Optional.of("%s is held by another driver (%s)".formatted(job, other));
      }
      held.put(job, lease.get());
    }
    return Optional.empty();
  }

  /** Whether no other driver has taken it since, by what the ledger says now. */
  synchronized boolean isHeld(TableName job) {
    Lease lease = held.get(job);
    if (lease != null) {
      renew(job, lease);
    }
    return lease != null && !lost.contains(job);
  }

  private synchronized void renew() {
    held.forEach(this::renew);
  }

  private void renew(TableName job, Lease lease) {
    try {
      if (!ledger.renew(lease, holder, now(), TIME)) {
        lost.add(job);
      }
    } catch (RuntimeException e) {
      // The lease may outlive what is wrong with the database.
      LOG.log(System.Logger.Level.WARNING, "The lease of " + job + " could not be renewed", e);
    }
  }

  private Instant now() {
    return ledger.now(clock.instant());
  }

  private void giveBack() {
    held.keySet().forEach(job -> ledger.release(job.toString(), holder));
    held.clear();
  }

  @Override
  public void close() {
    renewal.shutdownNow();
    synchronized (this) {
      giveBack();
    }
  }
}
