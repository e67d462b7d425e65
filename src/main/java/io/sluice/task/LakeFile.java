package io.sluice.task;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of a table of the lake that a message names, and what makes it again. */
record LakeFile(Job table, String below) {
  private static final Pattern VALUE = Pattern.compile("/([^/=]+)=(\\d{4}-\\d\\d-\\d\\d)/");

  /** The first table of those that the job reads, or its own, whose folder is in the message. */
  static Optional<LakeFile> in(String message, Job job, Lake lake) {
    for (TableName name : lake.jobs().keySet()) {
      boolean isNear = job.name().equals(name) || job.inputs().containsKey(name);
      String folder = lake.path(name).replaceFirst("^file:/*", "/") + "/";
      int at = isNear ? message.indexOf(folder) : -1;
      if (at >= 0) {
        String below = message.substring(at + folder.length() - 1);
        return Optional.of(new LakeFile(lake.job(name), below));
      }
    }
    return Optional.empty();
  }

  /** What a person can do. */
  String hint() {
    if (!table.isMade()) {
      return "; it is a file of %s, which others make".formatted(table.name());
    }
    Matcher value = VALUE.matcher(below);
    boolean isByDay = value.find() && table.shape().partitionBy().contains(value.group(1));
    return "; it is a file of %1$s, made again by: sluice backfill --select %1$s%2$s"
        .formatted(table.name(), isByDay ? " --date " + value.group(2) : " --from … --to …");
  }
}
