package io.sluice.task;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.sluice.api.SourceRows;
import io.sluice.lake.Job;
import io.sluice.time.Cadence;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Gives received rows the column that says their interval, where they have none of their own. */
final class RawRows {
  /** What a source says of a row besides its columns; not stored. */
  static final String[] BESIDES = {SourceRows.INTERVAL, SourceRows.REJECTED, SourceRows.RAW};

  private RawRows() {}

  static Dataset<Row> dated(Job job, Dataset<Row> received) {
    Optional<String> missing =
        job.shape()
            .intervalBy()
            .filter(name -> !has(received, name) && job.every() != Cadence.NONE);
    return missing
        .map(name -> received.withColumn(name, expr(start(job.every()))))
        .orElse(received);
  }

  /** Adds the columns that the rows lack, NULL in all of them. */
  static Dataset<Row> filled(Dataset<Row> rows, StructType columns) {
    Dataset<Row> filled = rows;
    for (StructField column : columns.fields()) {
      if (!has(rows, column.name())) {
        filled = filled.withColumn(column.name(), lit(null).cast(column.dataType()));
      }
    }
    return filled;
  }

  static StructType without(StructType columns, List<String> names) {
    return new StructType(
        Arrays.stream(columns.fields())
            .filter(column -> names.stream().noneMatch(column.name()::equalsIgnoreCase))
            .toArray(StructField[]::new));
  }

  /** A column's name as Spark's SQL takes it, whatever is in it. */
  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  static boolean has(Dataset<Row> rows, String column) {
    return Arrays.stream(rows.columns()).anyMatch(column::equalsIgnoreCase);
  }

  /** The interval's start as a DATE, or of an hour as the TIMESTAMP it is in UTC. */
  private static String start(Cadence cadence) {
    return cadence.isUtc()
        ? "CAST(concat(CAST(%s AS STRING), 'Z') AS TIMESTAMP)".formatted(SourceRows.INTERVAL)
        : "CAST(%s AS DATE)".formatted(SourceRows.INTERVAL);
  }

  static Dataset<Row> stored(Dataset<Row> rows) {
    return rows.drop(BESIDES);
  }

  /** Whether a column is one that a source received, rather than one we gave it. */
  static boolean isReceived(String column) {
    return !column.equals(SourceRows.SOURCE)
        && !column.equals(SourceRows.RECEIVED_AT)
        && !Arrays.asList(BESIDES).contains(column);
  }
}
