package io.sluice.task;

import io.sluice.lake.Job;

/** Makes tasks. Safe for use by many threads. */
public interface TaskMaker {

  /** Makes the task, or nothing; throws nothing but errors of the machine itself. */
  Outcome make(TaskOrder order);

  /**
   * Keeps from publishing who made tasks of the job under an older token; false where there is no
   * table yet. What creates it brings its own token.
   *
   * @throws TakenOverException where somebody has a newer token
   */
  boolean fence(Job job, long token);

  /** Whether it can make nothing any more, whatever it is asked: what it works with has ended. */
  boolean isOver();

  /**
   * Stops the work of an attempt, soon; its {@link #make} then answers CANCELLED, also where it is
   * called only after this.
   */
  void cancel(String attempt);
}
