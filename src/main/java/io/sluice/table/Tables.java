package io.sluice.table;

import io.sluice.deltalog.Receipt;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The Delta tables of a lake. Safe for use by many threads. */
public interface Tables {

  /** The newest version of the table at this URI; empty where there is no table. */
  OptionalLong version(String path);

  /** The rows of a pinned version that a task may see; reads nothing yet. */
  Dataset<Row> read(SparkSession spark, TableRead read);

  /**
   * Runs the job that writes the rows beside the table; no reader can see them until they are
   * published.
   *
   * @throws TableException where the rows do not fit the table, or lie outside the write's
   *     intervals
   */
  StagedRows stage(SparkSession spark, TableWrite write, Dataset<Row> rows);

  /**
   * Writes rows that were turned away under an attempt; they count only once a receipt names it.
   *
   * @param rows {@code interval_from} TIMESTAMP_NTZ, {@code interval_to} TIMESTAMP_NTZ, {@code
   *     rule} STRING, {@code reason} STRING, {@code source} STRING, {@code row} STRING (the row's
   *     text as received, else as JSON)
   * @param path of the job's quarantine table
   * @return how many there are of each interval
   */
  Map<Interval, Long> quarantine(
      SparkSession spark, String path, String attempt, Dataset<Row> rows);

  /**
   * The version that a receipt's commit made: one that failed may have been made all the same.
   *
   * @param base version that the task began with
   */
  OptionalLong landed(String path, Receipt receipt, OptionalLong base);

  /**
   * Keeps those from publishing who hold an older fence; false where there is no table yet. What
   * creates it brings its own fence.
   *
   * @throws FencedException where somebody holds a newer one
   */
  boolean fence(SparkSession spark, String path, Fence fence);

  /** Removes what an attempt turned away of intervals that it then did not publish. */
  void forgetTurnedAway(SparkSession spark, String path, String attempt, List<Interval> intervals);

  /** Removes what unpublished attempts left: quarantined rows and staged files. */
  void forget(SparkSession spark, String tablePath, String quarantinePath, String attempt);
}
