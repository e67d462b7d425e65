package io.sluice.task;

import io.sluice.lake.Job;
import io.sluice.lake.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets the first task of chosen jobs start their tables anew; the others of a job wait for it. */
public final class MadeAnew implements TaskMaker {
  private final TaskMaker maker;
  private final Map<TableName, Start> begun = new ConcurrentHashMap<>();

  /** The first commit of a table. */
  private static final class Start {
    private boolean isMade;
    private Optional<Outcome.Unknown> unknown = Optional.empty();
  }

  public MadeAnew(TaskMaker maker, Set<TableName> anew) {
    this.maker = maker;
    anew.forEach(job -> begun.put(job, new Start()));
  }

  @Override
  public Outcome make(TaskOrder order) {
    Start table = begun.get(order.job().name());
    if (table != null) {
      synchronized (table) {
        if (table.unknown.isPresent()) {
          try {
            begun(table, table.unknown.get().ask().get());
          } catch (RuntimeException e) {
            // To begin anew again might remove what is there.
            return new Outcome.Failed(
                FailureClass.TRANSIENT, table.unknown.get().message(), List.of(), e);
          }
        }
        if (!table.isMade) {
          return begun(table, maker.make(order.anew()));
        }
      }
    }
    return maker.make(order);
  }

  private static Outcome begun(Start table, Outcome outcome) {
    synchronized (table) {
      if (outcome instanceof Outcome.Unknown unknown) {
        table.unknown = Optional.of(unknown);
        return new Outcome.Unknown(
            unknown.message(), unknown.cause(), () -> begun(table, unknown.ask().get()));
      }
      table.unknown = Optional.empty();
      table.isMade |= outcome instanceof Outcome.Made;
      return outcome;
    }
  }

  @Override
  public boolean fence(Job job, long token) {
    return maker.fence(job, token);
  }

  @Override
  public boolean isOver() {
    return maker.isOver();
  }

  @Override
  public void cancel(String attempt) {
    maker.cancel(attempt);
  }
}
