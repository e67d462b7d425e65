package io.sluice.task;

import java.util.concurrent.CancellationException;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at work, and how it is stopped: its Spark jobs are cancelled and its thread is
 * interrupted, but never while it publishes, because nobody would know then whether it had.
 */
final class RunningTask {
  private enum State {
    WORKING,
    PUBLISHING,
    CANCELLED,
    OVER
  }

  private final String attempt;
  private final Thread thread = Thread.currentThread();
  private @Nullable SparkContext spark;
  private State state = State.WORKING;

  RunningTask(String attempt) {
    this.attempt = attempt;
  }

  /** All Spark jobs of this thread belong to the attempt from now on. */
  synchronized void startsSpark(SparkContext context, String description) {
    check();
    spark = context;
    context.setJobGroup(attempt, description, true);
  }

  synchronized void check() {
    if (state == State.CANCELLED) {
      throw new CancellationException("Cancelled");
    }
  }

  /** From now on it is too late to stop it. */
  synchronized void publishes() {
    check();
    state = State.PUBLISHING;
  }

  /** Whether its commit has begun, which none can take back. */
  synchronized boolean isPublishing() {
    return state == State.PUBLISHING;
  }

  synchronized void cancel() {
    if (state != State.WORKING) {
      return;
    }
    state = State.CANCELLED;
    try {
      if (spark != null) {
        spark.cancelJobGroup(attempt);
      }
    } catch (IllegalStateException e) {
      // A context that has ended has no jobs any more.
    } finally {
      thread.interrupt();
    }
  }

  synchronized boolean isCancelled() {
    return state == State.CANCELLED;
  }

  /** What the thread does next is not this attempt's. */
  synchronized void ends() {
    if (state == State.CANCELLED) {
      Thread.interrupted();
    } else {
      state = State.OVER;
    }
    if (spark != null) {
      spark.clearJobGroup();
    }
  }
}
