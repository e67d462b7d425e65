package io.sluice.task;

import io.sluice.lake.TableName;
import java.util.HashSet;
import java.util.Set;

/** Lets the first task of chosen jobs start their tables anew; the others of them wait for it. */
public final class MadeAnew implements TaskMaker {
  private final TaskMaker maker;
  private final Set<TableName> anew;

  public MadeAnew(TaskMaker maker, Set<TableName> anew) {
    this.maker = maker;
    this.anew = new HashSet<>(anew);
  }

  @Override
  public Outcome make(TaskOrder order) {
    synchronized (anew) {
      if (anew.contains(order.job().name())) {
        Outcome outcome =
            maker.make(
                new TaskOrder(order.job(), order.intervals(), order.run(), order.attempt(), true));
        if (outcome instanceof Outcome.Made) {
          anew.remove(order.job().name());
        }
        return outcome;
      }
    }
    return maker.make(order);
  }

  @Override
  public void cancel(String attempt) {
    maker.cancel(attempt);
  }
}
