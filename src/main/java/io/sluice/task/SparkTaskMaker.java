package io.sluice.task;

import io.sluice.api.SourceException;
import io.sluice.lake.Lake;
import io.sluice.table.TableException;
import io.sluice.table.Tables;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** Makes tasks in sessions of their own, side by side in one Spark application. */
public final class SparkTaskMaker implements TaskMaker {
  private final Supplier<SparkSession> spark;
  private final Lake lake;
  private final Tables tables;
  private final Feeds feeds;
  private final Map<String, RunningTask> running = new ConcurrentHashMap<>();

  /**
   * @param spark asked for with the first task, not before; answers the same session each time
   */
  public SparkTaskMaker(Supplier<SparkSession> spark, Lake lake, Tables tables, Feeds feeds) {
    this.spark = spark;
    this.lake = lake;
    this.tables = tables;
    this.feeds = feeds;
  }

  @Override
  public Outcome make(TaskOrder order) {
    RunningTask task = new RunningTask(order.attempt());
    running.put(order.attempt(), task);
    try {
      SparkSession session = TaskSession.open(spark.get(), lake, order.job());
      task.startsSpark(session.sparkContext(), title(order));
      return new TaskLife(lake, tables, feeds, order, session, task).live();
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      return failed(order, task, e);
    } finally {
      running.remove(order.attempt());
      task.ends();
      SparkSession.clearActiveSession();
    }
  }

  @Override
  public void cancel(String attempt) {
    RunningTask task = running.get(attempt);
    if (task != null) {
      task.cancel();
    }
  }

  private static Outcome failed(TaskOrder order, RunningTask task, Throwable failure) {
    if (task.isCancelled()) {
      return new Outcome.Failed(
          FailureClass.CANCELLED, title(order) + ": cancelled", List.of(), failure);
    }
    FailureClass kind = FailureClassifier.classify(failure);
    List<Interval> culprits = List.of();
    for (Throwable cause : Sign.chain(failure)) {
      if (cause instanceof TaskFailure known) {
        kind = known.kind();
        culprits = known.culprits();
        break;
      }
      if (cause instanceof SourceException known) {
        kind = known.isPassing() ? FailureClass.TRANSIENT : FailureClass.DEFINITE;
        culprits = known.culprits();
        break;
      }
      if (cause instanceof TableException known) {
        kind = FailureClass.DEFINITE;
        culprits = known.culprits();
        break;
      }
    }
    return new Outcome.Failed(
        kind, title(order) + ": " + FailureMessage.of(order.job(), failure), culprits, failure);
  }

  private static String title(TaskOrder order) {
    List<Interval> intervals = order.intervals();
    return order.job().name()
        + " "
        + order.job().every().name(intervals.get(0), intervals.get(intervals.size() - 1));
  }
}
