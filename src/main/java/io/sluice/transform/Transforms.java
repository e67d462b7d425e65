package io.sluice.transform;

import io.sluice.api.Transform;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;

/** The transform of a job that is made from tables. */
public final class Transforms {
  private Transforms() {}

  public static Transform of(Lake lake, Job job) {
    if (job.making() instanceof Making.FromJava java) {
      return new JavaTransform(job, java.className());
    }
    return new SqlTransform(lake, job);
  }
}
