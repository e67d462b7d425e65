package io.sluice.table;

import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.SnapshotDescriptor;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;

/** The log of a table, as Delta keeps it in memory. */
record InternalLog(DeltaLog delta) {

  static InternalLog of(SparkSession spark, String path) {
    SparkSession.setActiveSession(spark);
    return new InternalLog(DeltaLog.forTable(spark, new Path(path)));
  }

  /** The newest version; of version -1 where there is no table. */
  Snapshot now() {
    return delta.update(false, Option.empty(), Option.empty());
  }

  Snapshot at(long version) {
    Snapshot now = now();
    return now.version() == version
        ? now
        : delta.getSnapshotAt(version, Option.empty(), Option.empty());
  }

  /** The rows of these files. */
  Dataset<Row> rows(SnapshotDescriptor table, List<AddFile> files) {
    return delta.createDataFrame(table, ScalaCollections.seq(files), false, Option.empty());
  }
}
