package io.sluice.run;

import io.sluice.lake.TableName;
import io.sluice.task.TaskMaker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Stops attempts: all of a run for good, or those of one job. */
final class Stop {
  private final TaskMaker maker;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final Map<String, TableName> attempts = new ConcurrentHashMap<>();

  Stop(TaskMaker maker) {
    this.maker = maker;
  }

  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Opens when the run is to stop. */
  CountDownLatch latch() {
    return asked;
  }

  void all() {
    asked.countDown();
    attempts.keySet().forEach(maker::cancel);
  }

  void job(TableName job) {
    attempts.forEach(
        (attempt, its) -> {
          if (its.equals(job)) {
            maker.cancel(attempt);
          }
        });
  }

  /** False where the run has stopped, and the attempt must not begin. */
  boolean begin(String attempt, TableName job) {
    attempts.put(attempt, job);
    return !isAsked();
  }

  void end(String attempt) {
    attempts.remove(attempt);
  }
}
