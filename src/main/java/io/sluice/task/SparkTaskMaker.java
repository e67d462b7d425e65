package io.sluice.task;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.table.Fence;
import io.sluice.table.FencedException;
import io.sluice.table.Tables;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Makes tasks in sessions of their own, side by side in one Spark application. */
public final class SparkTaskMaker implements TaskMaker {
  private final Supplier<SparkSession> spark;
  private final Lake lake;
  private final Function<SparkSession, Tables> opener;
  private final Feeds feeds;
  private final Map<String, RunningTask> running = new ConcurrentHashMap<>();
  private final Set<String> cancelledEarly = ConcurrentHashMap.newKeySet();
  private @Nullable Tables tables;
  private volatile @Nullable SparkSession opened;

  /**
   * @param spark asked for with the first task, not before; answers the same session each time
   * @param opener opens the lake's tables, once
   */
  public SparkTaskMaker(
      Supplier<SparkSession> spark, Lake lake, Function<SparkSession, Tables> opener, Feeds feeds) {
    this.spark = spark;
    this.lake = lake;
    this.opener = opener;
    this.feeds = feeds;
  }

  @Override
  public Outcome make(TaskOrder order) {
    RunningTask task = new RunningTask(order.attempt());
    running.put(order.attempt(), task);
    try {
      if (cancelledEarly.remove(order.attempt())) {
        task.cancel();
        task.check();
      }
      SparkSession base = base();
      Tables open = tables(base);
      SparkSession session = TaskSession.open(base, lake, order.job());
      task.startsSpark(session.sparkContext(), order.title());
      return new TaskLife(lake, open, feeds, order, session, task).live();
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      return failed(order, task, e);
    } finally {
      running.remove(order.attempt());
      task.ends();
      SparkSession.clearActiveSession();
    }
  }

  @Override
  public boolean fence(Job job, long token) {
    SparkSession base = base();
    SparkSession session = TaskSession.open(base, lake, job);
    try {
      return tables(base)
          .fence(session, lake.path(job.name()), new Fence(job.name().toString(), token));
    } catch (FencedException e) {
      throw new TakenOverException(String.valueOf(e.getMessage()), e.token(), e);
    } catch (Exception e) { // Spark throws checked ones without declaring them.
      throw TaskFailure.of(job, e);
    } finally {
      SparkSession.clearActiveSession();
    }
  }

  @Override
  public boolean isOver() {
    SparkSession known = opened;
    return known != null && known.sparkContext().isStopped();
  }

  private SparkSession base() {
    SparkSession base = spark.get();
    opened = base;
    return base;
  }

  private synchronized Tables tables(SparkSession base) {
    if (tables == null) {
      tables = opener.apply(base);
    }
    return tables;
  }

  @Override
  public void cancel(String attempt) {
    cancelledEarly.add(attempt);
    RunningTask task = running.get(attempt);
    if (task != null) {
      cancelledEarly.remove(attempt);
      task.cancel();
    }
  }

  private Outcome failed(TaskOrder order, RunningTask task, Throwable failure) {
    for (Throwable cause : Sign.chain(failure)) {
      if (cause instanceof FencedException fenced) {
        return new Outcome.Fenced(String.valueOf(fenced.getMessage()), fenced.token());
      }
    }
    if (isOver()) {
      // What else fails then, such as a NullPointerException of Spark's, tells a person nothing.
      String how =
          FailureClassifier.isEnd(failure)
              ? ": " + FailureMessage.of(order.job(), failure)
              : Advice.SPARKS_LOG;
      return new Outcome.Failed(
          FailureClass.TRANSIENT,
          order.title() + ": the Spark context ended" + how,
          List.of(),
          failure,
          task.isPublishing());
    }
    if (task.isCancelled()) {
      return new Outcome.Failed(
          FailureClass.CANCELLED, order.title() + ": cancelled", List.of(), failure);
    }
    Diagnosis diagnosis = Diagnosis.of(order, failure);
    String message = FailureMessage.of(order.job(), failure);
    // What is nobody's file, such as a disk that can't be written, names a path as well.
    String hint =
        FailureClassifier.blame(failure) == Blame.ALL
            ? ""
            : LakeFile.in(message, order.job(), lake).map(LakeFile::hint).orElse("");
    return new Outcome.Failed(
        diagnosis.kind(),
        order.title() + ": " + message + hint,
        diagnosis.culprits(),
        failure,
        task.isPublishing());
  }
}
