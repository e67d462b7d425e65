package io.sluice.task;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.table.ModeColumns;
import io.sluice.table.Tables;
import io.sluice.time.Interval;
import io.sluice.transform.TransformException;
import io.sluice.transform.Transforms;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of some intervals before any rule, and what they are made from; nothing runs yet.
 *
 * @param source of a raw job
 * @param notes what a person should know of them
 * @param asked what a source was asked for, where it has no items
 */
record MadeRows(
    PinnedInputs inputs,
    Optional<SourceRead> source,
    Dataset<Row> rows,
    List<String> notes,
    String asked) {

  /**
   * @param anew whether the table starts anew with these rows
   */
  static MadeRows of(
      Lake lake,
      Tables tables,
      Feeds feeds,
      Job job,
      SparkSession spark,
      List<Interval> intervals,
      boolean anew) {
    PinnedInputs inputs = PinnedInputs.pin(lake, job, tables, spark, intervals);
    if (job.making() instanceof Making.FromSource from) {
      SourceRead read = SourceRead.look(job, feeds, spark, intervals);
      StructType table =
          anew ? new StructType() : RawRows.without(inputs.ownColumns(), ModeColumns.of(job));
      ReceivedColumns.Fitted fitted =
          new ReceivedColumns(job, from.drift(), table, () -> inputs.isEmpty(job.name()), read)
              .fit();
      return new MadeRows(inputs, Optional.of(read), fitted.rows(), fitted.notes(), fitted.asked());
    }
    try {
      return new MadeRows(inputs, Optional.empty(), transformed(lake, job, inputs), List.of(), "");
    } catch (TransformException e) {
      throw e.lacksColumn() ? new NothingReceived(lake, job, inputs).explained(e) : e;
    }
  }

  static Dataset<Row> transformed(Lake lake, Job job, PinnedInputs inputs) {
    return job.readsItself() && inputs.base().isEmpty()
        ? new OwnColumns(job, Transforms.of(lake, job)).firstRows(inputs)
        : Transforms.of(lake, job).apply(inputs);
  }
}
