package io.sluice.table;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What is needed of Delta; done through its internals, or through its public API alone. */
interface DeltaAccess {

  /** The shape of a table at a version. */
  TableShape shape(SparkSession spark, String path, long version);

  /** The rows of a version, of the cut alone where there is one; {@code asOf} is not looked at. */
  Dataset<Row> read(SparkSession spark, TableRead read);

  /** Whether rows of a table can be written again with those that are staged. */
  boolean canCarry();

  /**
   * Commits the fence alone, so that who holds an older one can publish no more; false where there
   * is no table.
   */
  boolean fence(SparkSession spark, String path, Fence fence);

  /** Writes the rows, in the order of the replacement's columns, beside the table. */
  StagedRows stage(SparkSession spark, Replacement replacement, Dataset<Row> rows);
}
