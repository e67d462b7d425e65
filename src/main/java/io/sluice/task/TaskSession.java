package io.sluice.task;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/** A session whose settings and views are one task's alone. */
final class TaskSession {
  private static final String ZONE = "spark.sql.session.timeZone";

  private TaskSession() {}

  static SparkSession open(SparkSession base, Lake lake, Job job) {
    SparkSession session = base.newSession();
    lake.spark().forEach((key, value) -> LakeSession.setIfPossible(session, key, value));
    job.effort()
        .spark()
        .forEach(
            (key, value) -> {
              try {
                LakeSession.set(session, key, value);
              } catch (AnalysisException e) {
                throw TaskFailure.definite(
                    "%s: spark: %s can't be set for one job; set it under `spark` of lake.conf"
                        .formatted(job.origin(), key),
                    Blame.ALL);
              }
            });
    session.conf().set(ZONE, lake.time().zone().getId());
    SparkSession.setActiveSession(session);
    return session;
  }
}
