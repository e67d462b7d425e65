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

  TakeOver() {}

  /**
   * True where that has been done just now. While there is no table it is still to be done: who
   * creates it wins.
   */
  boolean isDoneNow(Desk desk, Job job, Lease lease) {
    if (!desk.leases().owesFence(job.name(), lease)) {
      return false;
    }
    one.lock();
    try {
      if (!desk.leases().owesFence(job.name(), lease) || !desk.maker().fence(job, lease.token())) {
        return false;
      }
      desk.rivals().settle(job.name(), desk.run());
      desk.leases().fenced(job.name(), lease);
      return true;
    } finally {
      one.unlock();
    }
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
