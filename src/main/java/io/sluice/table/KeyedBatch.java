package io.sluice.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.sluice.lake.Job;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a task that change rows of a table by their key, staged, counted and checked.
 *
 * @param columns of the rows, all nullable
 * @param interval empty for a table without time
 */
record KeyedBatch(
    TableWrite write,
    StructType columns,
    StructType key,
    Optional<IntervalColumn> interval,
    StagedParquet parquet,
    Map<Interval, Long> counts) {

  static KeyedBatch stage(
      SparkSession spark, TableWrite write, Dataset<Row> rows, List<String> keyNames) {
    Job job = write.job();
    TableShape made = TableShape.made(job, rows.schema());
    StructType key = Columns.named(job, made.columns(), keyNames, "the key");
    Optional<IntervalColumn> interval =
        job.every() == Cadence.NONE
            ? Optional.empty()
            : Optional.of(ReplaceWrite.intervalColumn(write, made.columns()));
    StagedParquet parquet = StagedParquet.write(spark, write.path(), write.attempt(), rows);
    try {
      Map<Interval, Long> counts =
          new Counting(job, write.intervals(), interval).of(parquet.rows());
      return new KeyedBatch(write, made.columns(), key, interval, parquet, counts);
    } catch (RuntimeException e) {
      parquet.remove();
      throw e;
    }
  }

  /** The staged rows, with the start of their interval. */
  Dataset<Row> rows(String startName) {
    return parquet.rows().withColumn(startName, start());
  }

  private Column start() {
    return interval
        .map(column -> column.start(write.job().every()))
        .orElseGet(() -> lit(write.intervals().get(0).from()));
  }

  /**
   * Refuses rows of one key and one interval that nothing puts in order.
   *
   * @param time what else tells rows of a key apart; empty for nothing
   * @param mayBeSame whether rows are let pass that are the same
   */
  void refuseTies(Optional<Column> time, boolean mayBeSame) {
    Column hash = RowHash.of("", List.of(columns.fields()));
    List<Column> by = new ArrayList<>(List.of(Columns.columns(key)));
    by.add(start().cast(DataTypes.StringType).as("_start"));
    time.ifPresent(column -> by.add(column.as("_time")));
    Column tie = mayBeSame ? col("_least").notEqual(col("_greatest")) : col("_rows").gt(1);
    refuse(
        parquet
            .rows()
            .groupBy(by.toArray(new Column[0]))
            .agg(count(lit(1)).as("_rows"), min(hash).as("_least"), max(hash).as("_greatest"))
            .where(tie),
        "has several rows that nothing puts in order; set write.sequence-by to the column that does,"
            + " or make one row of a key");
  }

  /** Refuses rows that do not say when they hold from. */
  void refuseNull(Column time) {
    refuse(
        parquet.rows().where(time.isNull()).withColumn("_start", start().cast("string")),
        "has a row with NULL in the column of write.effective; fill it, or turn such rows away by a rule (expect)");
  }

  private void refuse(Dataset<Row> offending, String what) {
    List<Row> some = offending.limit(5).collectAsList();
    if (some.isEmpty()) {
      return;
    }
    Job job = write.job();
    Set<Interval> culprits = new LinkedHashSet<>();
    List<String> keys = new ArrayList<>();
    for (Row row : some) {
      Interval at =
          job.every().at(LocalDateTime.parse(row.<String>getAs("_start").replace(' ', 'T')));
      culprits.add(at);
      List<String> parts = new ArrayList<>();
      for (String name : key.fieldNames()) {
        parts.add(name + " = " + row.<Object>getAs(name));
      }
      keys.add("%s of %s".formatted(String.join(", ", parts), job.every().name(at)));
    }
    parquet.remove();
    throw new TableException(
        "%s: key %s %s".formatted(job.name(), String.join("; ", keys), what),
        List.copyOf(culprits));
  }
}
