package io.sluice.run;

import io.sluice.lake.Job;
import io.sluice.lake.TableName;
import io.sluice.ledger.Lease;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a driver does first with a job that it took from one that never gave it back: keeps that one
 * from publishing, and ends what it left open. Only then is it known what has been made.
 */
public final class TakeOver {
  private final Lock one = new ReentrantLock();
  private final String run;
  private final Leases leases;
  private final Fencing fencing;
  private final Rivals rivals;

  /**
   * @param run whose leases these are
   */
  TakeOver(String run, Leases leases, Fencing fencing, Rivals rivals) {
    this.run = run;
    this.leases = leases;
    this.fencing = fencing;
    this.rivals = rivals;
  }

  /**
   * True where that has been done just now. While there is no table it is still to be done: who
   * creates it wins.
   */
  boolean isDoneNow(Job job, Lease lease) {
    if (!leases.owesFence(job.name(), lease)) {
      return false;
    }
    one.lock();
    try {
      if (!leases.owesFence(job.name(), lease) || !fencing.fence(job, lease.token())) {
        return false;
      }
      rivals.settle(job.name(), run);
      leases.fenced(job.name(), lease);
      return true;
    } finally {
      one.unlock();
    }
  }

  /** Makes a job's table refuse the commits of older leases. */
  @FunctionalInterface
  public interface Fencing {

    /**
     * False where there is no table yet.
     *
     * @throws io.sluice.task.TakenOverException where somebody has a newer token
     */
    boolean fence(Job job, long token);
  }

  /** Ends what others left open at a job. */
  @FunctionalInterface
  public interface Rivals {

    /**
     * @param run whose attempts are not meant
     */
    void settle(TableName job, String run);
  }
}
