package io.sluice.repair;

import io.sluice.lake.TableName;
import io.sluice.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
  private final List<TableName> held = new ArrayList<>();
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
      if (!ledger.lease(job.toString(), holder, clock.instant(), TIME)) {
        giveBack();
        String other = ledger.leaseHolder(job.toString(), clock.instant()).orElse("another driver");
        return Optional.of("%s is held by another driver (%s)".formatted(job, other));
      }
      held.add(job);
    }
    return Optional.empty();
  }

  /** Whether no other driver has taken it since. */
  synchronized boolean isHeld(TableName job) {
    return held.contains(job) && !lost.contains(job);
  }

  private synchronized void renew() {
    for (TableName job : held) {
      try {
        if (!ledger.lease(job.toString(), holder, clock.instant(), TIME)) {
          lost.add(job);
        }
      } catch (RuntimeException e) {
        // The lease may outlive what is wrong with the database.
        LOG.log(System.Logger.Level.WARNING, "The lease of " + job + " could not be renewed", e);
      }
    }
  }

  private void giveBack() {
    held.forEach(job -> ledger.release(job.toString(), holder));
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
