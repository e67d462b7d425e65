package io.sluice.task;

import io.sluice.lake.Job;
import io.sluice.lake.TableName;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets the first task of chosen jobs start their tables anew; the others of a job wait for it. */
public final class MadeAnew implements TaskMaker {
  private final TaskMaker maker;
  private final Map<TableName, AtomicBoolean> begun = new ConcurrentHashMap<>();

  public MadeAnew(TaskMaker maker, Set<TableName> anew) {
    this.maker = maker;
    anew.forEach(job -> begun.put(job, new AtomicBoolean()));
  }

  @Override
  public Outcome make(TaskOrder order) {
    AtomicBoolean table = begun.get(order.job().name());
    if (table != null) {
      synchronized (table) {
        if (!table.get()) {
          return begun(table, maker.make(order.anew()));
        }
      }
    }
    return maker.make(order);
  }

  private static Outcome begun(AtomicBoolean table, Outcome outcome) {
    if (outcome instanceof Outcome.Unknown unknown) {
      return new Outcome.Unknown(
          unknown.message(), unknown.cause(), () -> begun(table, unknown.ask().get()));
    }
    table.set(outcome instanceof Outcome.Made);
    return outcome;
  }

  @Override
  public boolean fence(Job job, long token) {
    return maker.fence(job, token);
  }

  @Override
  public void cancel(String attempt) {
    maker.cancel(attempt);
  }
}
