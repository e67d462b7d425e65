package io.sluice.task;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.TableName;
import io.sluice.transform.TransformException;
import java.util.List;

/**
 * Explains a column that is not there by an input that has received no row yet: all that its feed
 * does not declare comes with the first file.
 */
record NothingReceived(Lake lake, Job job, PinnedInputs inputs) {

  RuntimeException explained(TransformException failure) {
    List<TableName> empty =
        job.inputs().keySet().stream()
            .filter(input -> lake.job(input).making() instanceof Making.FromSource)
            .filter(inputs::isEmpty)
            .toList();
    return empty.isEmpty()
        ? failure
        : TaskFailure.definite(
            "%s; %s has received no row yet, so only its declared columns are known: declare the column in `columns` of its source, or run again when a file has come"
                .formatted(failure.getMessage(), empty.get(0)),
            Blame.ALL,
            failure);
  }
}
