package io.sluice.cli;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The parameter that names a job, with or without its layer. */
final class OneJob {

  @Parameters(paramLabel = "JOB", description = "The job: raw.sales, or sales.")
  String typed = "";

  Job in(Lake lake) {
    return named(typed, lake);
  }

  static Job named(String typed, Lake lake) {
    List<Job> found = lake.named(typed);
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new UserException(
        found.isEmpty()
            ? "no job makes '%s'; %s"
                .formatted(
                    typed,
                    lake.nearest(typed)
                        .map("did you mean %s?"::formatted)
                        .orElse("`sluice check` lists the jobs"))
            : "'%s' may be %s; write it with its layer"
                .formatted(typed, found.stream().map(Job::name).toList()));
  }
}
