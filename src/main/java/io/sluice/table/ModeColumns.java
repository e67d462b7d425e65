package io.sluice.table;

import io.sluice.lake.Job;
import io.sluice.lake.WriteSpec;
import java.util.List;

/** Names of the columns that readers see of a table beside those of the rows written into it. */
public final class ModeColumns {
  private ModeColumns() {}

  public static List<String> of(Job job) {
    return job.write() instanceof WriteSpec.Scd2
        ? List.of(Scd2Columns.surrogate(job), Versions.FROM, Versions.TO, Versions.CURRENT)
        : List.of();
  }
}
