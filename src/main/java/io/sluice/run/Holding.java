package io.sluice.run;

import io.sluice.lake.Job;
import io.sluice.lake.TableName;
import io.sluice.ledger.Lease;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.LedgerException;
import io.sluice.ledger.RunRow;
import io.sluice.task.TakenOverException;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The leases of what works at tables without making tasks: taken all or none, with what a takeover
 * asks for, and renewed until this is closed.
 */
public final class Holding implements AutoCloseable {
  private static final int MOST_RAISED = 3;

  private final Leases leases;
  private final TakeOver takeOver;
  private final Pace.Timer renewal;
  private final Map<TableName, Lease> held = new LinkedHashMap<>();

  /**
   * @param row the run whose leases they are
   * @param rivals ends what other drivers left open
   */
  public Holding(
      RunRow row,
      Ledger ledger,
      Clock clock,
      Pace.Timers timers,
      TakeOver.Fencing fencing,
      TakeOver.Rivals rivals) {
    this.leases = new Leases(ledger, row.holder(), clock, lost -> {});
    this.takeOver = new TakeOver(row.id(), leases, fencing, rivals);
    this.renewal = timers.every(Leases.RENEWAL, leases::renew);
  }

  /**
   * Empty where all were taken; else who holds one of them, and then none is.
   *
   * @throws IllegalStateException where one could not be taken over from who never gave it back
   */
  public Optional<String> take(Collection<Job> jobs) {
    for (Job job : jobs) {
      Optional<Lease> lease = leases.take(job.name());
      if (lease.isEmpty()) {
        giveBack();
        return Optional.of(
            "%s is held by another driver (%s)".formatted(job.name(), leases.holder(job.name())));
      }
      held.put(job.name(), lease.get());
    }
    jobs.forEach(this::takeOver);
    return Optional.empty();
  }

  private void takeOver(Job job) {
    for (int raised = 0; ; raised++) {
      try {
        takeOver.isDoneNow(job, lease(job.name()));
        return;
      } catch (LedgerException e) {
        throw e;
      } catch (TakenOverException e) {
        if (raised == MOST_RAISED || !raise(job.name(), e.token())) {
          throw notTakenOver(job, e);
        }
      } catch (RuntimeException e) {
        throw notTakenOver(job, e);
      }
    }
  }

  private static IllegalStateException notTakenOver(Job job, RuntimeException cause) {
    return new IllegalStateException(
        "%s could not be taken over from a driver that died or stands still: %s"
            .formatted(job.name(), cause.getMessage()),
        cause);
  }

  /** Whether the ledger says that they are still ours. */
  public boolean isHeld(TableName job) {
    return leases.isConfirmed(job, lease(job));
  }

  /**
   * @throws LostLeaseException where another driver has taken it since
   */
  public void insist(TableName job) {
    if (!isHeld(job)) {
      throw new LostLeaseException(job, leases.holder(job));
    }
  }

  /** Under which a table takes commits of ours. */
  public long token(TableName job) {
    return lease(job).token();
  }

  /**
   * Counts the token up to more than what the table knows of, and the ledger does not; false where
   * the lease is another's.
   */
  public boolean raise(TableName job, long above) {
    Optional<Lease> raised =
        isHeld(job)
            ? leases.raise(job, above).filter(lease -> lease.token() > above)
            : Optional.empty();
    raised.ifPresent(lease -> held.put(job, lease));
    return raised.isPresent();
  }

  private Lease lease(TableName job) {
    Lease lease = held.get(job);
    if (lease == null) {
      throw new IllegalStateException("The lease of " + job + " was not taken");
    }
    return lease;
  }

  /** Lets it run out, so that who takes it next first ends what is left open here. */
  public void abandon(TableName job) {
    leases.abandon(job, lease(job));
  }

  private void giveBack() {
    held.forEach(leases::giveBack);
    held.clear();
  }

  @Override
  public void close() {
    renewal.close();
    giveBack();
  }
}
