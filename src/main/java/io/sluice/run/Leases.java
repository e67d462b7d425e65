package io.sluice.run;

import io.sluice.lake.TableName;
import io.sluice.ledger.Lease;
import io.sluice.ledger.Ledger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The leases of one run: a job's is held while any of its tasks is worked at. */
final class Leases {
  private static final System.Logger LOG = System.getLogger(Leases.class.getName());

  /** A dead driver on another machine is waited for this long. */
  static final Duration TIME = Duration.ofSeconds(Long.getLong("sluice.lease.seconds", 120));

  static final Duration RENEWAL = TIME.dividedBy(4);

  private final Ledger ledger;
  private final String holder;
  private final Clock clock;
  private final Consumer<TableName> onLost;
  private final Map<TableName, Held> held = new HashMap<>();
  private final Set<TableName> abandoned = new HashSet<>();

  /**
   * @param until by this driver's own clock
   */
  private record Held(Lease lease, int tasks, Instant until) {
    Held with(int count) {
      return new Held(lease, count, until);
    }
  }

  Leases(Ledger ledger, String holder, Clock clock, Consumer<TableName> onLost) {
    this.ledger = ledger;
    this.holder = holder;
    this.clock = clock;
    this.onLost = onLost;
  }

  /** Empty where another driver holds it. */
  synchronized Optional<Lease> take(TableName job) {
    Held own = held.get(job);
    if (own != null && !isStillOurs(job, own)) {
      return Optional.empty();
    }
    Instant until = clock.instant().plus(TIME);
    Optional<Lease> lease = ledger.take(job.toString(), holder, now(), TIME);
    lease.ifPresent(
        taken -> held.put(job, new Held(taken, own == null ? 1 : own.tasks() + 1, until)));
    return lease;
  }

  synchronized void giveBack(TableName job, Lease lease) {
    Held own = held.get(job);
    if (own == null || own.lease().token() != lease.token()) {
      return;
    }
    if (own.tasks() > 1) {
      held.put(job, own.with(own.tasks() - 1));
    } else {
      held.remove(job);
      if (!abandoned.contains(job)) {
        ledger.release(job.toString(), holder);
      }
    }
  }

  /** Lets it run out, so that who takes it next first ends what is left open here. */
  synchronized void abandon(TableName job, Lease lease) {
    abandoned.add(job);
    giveBack(job, lease);
  }

  synchronized boolean isHeld(TableName job, Lease lease) {
    Held own = held.get(job);
    return own != null && own.lease().token() == lease.token();
  }

  /** Whether it is held by what the ledger says now. */
  synchronized boolean isConfirmed(TableName job, Lease lease) {
    Held own = held.get(job);
    return own != null && own.lease().token() == lease.token() && isStillOurs(job, own);
  }

  /** The job's table takes nothing any more of whom the lease was taken from. */
  synchronized void fenced(TableName job, Lease lease) {
    ledger.fenced(lease);
    held.computeIfPresent(
        job,
        (any, own) ->
            own.lease().token() == lease.token()
                ? new Held(
                    new Lease(lease.job(), lease.token(), Optional.empty()),
                    own.tasks(),
                    own.until())
                : own);
  }

  /** Whether the job's table may still take a commit of whom the lease was taken from. */
  synchronized boolean owesFence(TableName job, Lease lease) {
    Held own = held.get(job);
    return own != null
        && own.lease().token() == lease.token()
        && own.lease().takenFrom().isPresent();
  }

  /** Holds the lease under a token above one that the table knows of, and the ledger does not. */
  synchronized Optional<Lease> raise(TableName job, long above) {
    Optional<Lease> raised = ledger.raise(job.toString(), holder, above);
    raised.ifPresent(
        lease -> held.computeIfPresent(job, (any, own) -> new Held(lease, 1, own.until())));
    return raised;
  }

  /** Who else holds it, or held it last. */
  String holder(TableName job) {
    return ledger
        .leaseHolder(job.toString(), now())
        .filter(who -> !who.equals(holder))
        .or(() -> ledger.lastHolder(job.toString()).filter(who -> !who.equals(holder)))
        .orElse("another driver");
  }

  /** Renews all; says which are lost. */
  synchronized void renew() {
    Map.copyOf(held).forEach(this::isStillOurs);
  }

  /** Renews it; a database that does not answer is no reason to stop before the lease ends. */
  private boolean isStillOurs(TableName job, Held own) {
    Instant now = clock.instant();
    boolean ours;
    try {
      ours = ledger.renew(own.lease(), holder, now(), TIME);
      if (ours) {
        held.put(job, new Held(own.lease(), own.tasks(), now.plus(TIME)));
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The lease of " + job + " could not be renewed", e);
      ours = now.isBefore(own.until());
    }
    if (!ours) {
      held.remove(job);
      onLost.accept(job);
    }
    return ours;
  }

  private Instant now() {
    return ledger.now(clock.instant());
  }
}
