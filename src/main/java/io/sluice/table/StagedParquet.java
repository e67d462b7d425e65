package io.sluice.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of an attempt as Parquet files in {@code _sluice/staging} of their table.
 *
 * @param folder of the files
 */
record StagedParquet(SparkSession spark, String folder, StructType columns) {
  static final String STAGING = "_sluice/staging";

  static StagedParquet write(SparkSession spark, String table, String attempt, Dataset<Row> rows) {
    String folder = folder(table, attempt);
    rows.write().mode(SaveMode.Overwrite).parquet(folder);
    return new StagedParquet(spark, folder, rows.schema());
  }

  Dataset<Row> rows() {
    return spark.read().schema(columns).parquet(folder);
  }

  void remove() {
    remove(spark, folder);
  }

  static void remove(SparkSession spark, String table, String attempt) {
    remove(spark, folder(table, attempt));
  }

  private static String folder(String table, String attempt) {
    return "%s/%s/%s".formatted(table, STAGING, attempt);
  }

  private static void remove(SparkSession spark, String folder) {
    try {
      Path path = new Path(folder);
      FileSystem fs = path.getFileSystem(spark.sessionState().newHadoopConf());
      fs.delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't remove " + folder, e);
    }
  }
}
