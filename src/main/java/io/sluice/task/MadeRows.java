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
 */
record MadeRows(PinnedInputs inputs, Optional<SourceRead> source, Dataset<Row> rows) {

  static MadeRows of(
      Lake lake,
      Tables tables,
      Feeds feeds,
      Job job,
      SparkSession spark,
      List<Interval> intervals) {
    PinnedInputs inputs = PinnedInputs.pin(lake, job, tables, spark, intervals);
    if (job.making() instanceof Making.FromSource) {
      SourceRead read = SourceRead.look(job, feeds, intervals);
      return new MadeRows(inputs, Optional.of(read), RawRows.dated(job, read.rows(spark)));
    }
    try {
      return new MadeRows(inputs, Optional.empty(), transformed(lake, job, inputs));
    } catch (TransformException e) {
      throw e.lacksColumn() ? new NothingReceived(lake, job, inputs).explained(e) : e;
    }
  }

  /**
   * A source tells only the columns of what it sent for these intervals; another may have sent
   * more. Made together, a row has NULL in what only others have, and so it must have made alone.
   */
  MadeRows withColumnsOfTable(Job job) {
    if (source.isEmpty()) {
      return this;
    }
    StructType table = RawRows.without(inputs.ownColumns(), ModeColumns.of(job));
    return new MadeRows(inputs, source, RawRows.filled(rows, table));
  }

  static Dataset<Row> transformed(Lake lake, Job job, PinnedInputs inputs) {
    return job.readsItself() && inputs.base().isEmpty()
        ? new OwnColumns(job, Transforms.of(lake, job)).firstRows(inputs)
        : Transforms.of(lake, job).apply(inputs);
  }
}
