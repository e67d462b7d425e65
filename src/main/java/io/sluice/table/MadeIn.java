package io.sluice.table;

import io.sluice.lake.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Which interval wrote a row of a merge, kept in a column that readers do not see where the rows do
 * not say it themselves. Rows from before there was the column have NULL in it: those of any
 * interval take their place.
 */
final class MadeIn {
  static final String COLUMN = "_sluice_made_in";

  private final Job job;
  private final Optional<IntervalColumn> stored;
  private final boolean isKept;

  /**
   * @param row what is stored of a row
   */
  MadeIn(Job job, KeyedBatch batch, StructType row, Optional<TableShape> old) {
    if (TableShape.find(row, COLUMN).isPresent()) {
      throw TableShape.refused(
          job, "column %s is one that merge adds itself: name yours differently".formatted(COLUMN));
    }
    this.job = job;
    this.stored =
        batch.interval().filter(column -> TableShape.find(row, column.name()).isPresent());
    boolean isUnknown =
        !job.write().isOrdered() && batch.interval().isPresent() && stored.isEmpty();
    this.isKept =
        isUnknown
            || old.filter(table -> TableShape.find(table.columns(), COLUMN).isPresent())
                .isPresent();
  }

  /** The columns with that of the interval, where the table keeps one. */
  StructType with(StructType row) {
    return isKept ? row.add(COLUMN, type()) : row;
  }

  /** The rows with the interval that each is of, where the table keeps it. */
  Dataset<Row> of(Dataset<Row> rows, String startName) {
    return isKept ? rows.withColumn(COLUMN, moment(startName)) : rows;
  }

  /** Rows that are applied in order, for which it is of no use. */
  Dataset<Row> unknown(Dataset<Row> rows) {
    return isKept ? rows.withColumn(COLUMN, functions.lit(null).cast(type())) : rows;
  }

  /** What puts the rows of an aliased table in the order of their intervals; none without time. */
  List<Column> order(String alias) {
    List<Column> order = new ArrayList<>();
    if (isKept) {
      order.add(functions.col(alias + "." + COLUMN));
    } else {
      stored.ifPresent(column -> order.add(column.in(alias).start(job.every())));
    }
    return order;
  }

  private DataType type() {
    return job.every().isUtc() ? DataTypes.TimestampType : DataTypes.DateType;
  }

  private Column moment(String startName) {
    return type().equals(DataTypes.DateType)
        ? functions.expr("cast(%s AS DATE)".formatted(startName))
        : functions.expr("cast(concat(cast(%s AS STRING), 'Z') AS TIMESTAMP)".formatted(startName));
  }
}
