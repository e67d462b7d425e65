package io.sluice.task;

/** Makes tasks. Safe for use by many threads. */
public interface TaskMaker {

  /** Makes the task, or nothing; throws nothing but errors of the machine itself. */
  Outcome make(TaskOrder order);

  /**
   * Stops the work of an attempt, soon; its {@link #make} then answers CANCELLED, also where it is
   * called only after this.
   */
  void cancel(String attempt);
}
