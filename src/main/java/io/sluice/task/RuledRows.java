package io.sluice.task;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.udf;

import io.sluice.api.SourceRows;
import io.sluice.lake.Job;
import io.sluice.quality.Broken;
import io.sluice.quality.IntervalColumn;
import io.sluice.quality.RowSql;
import io.sluice.time.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** A task's rows as its row rules divide them. */
final class RuledRows {
  private final SparkSession spark;
  private final Dataset<Row> rows;
  private final RowSql sql;
  private final Tally tally = new Tally();

  RuledRows(SparkSession spark, Job job, List<Interval> intervals, Dataset<Row> rows) {
    this.spark = spark;
    this.rows = rows;
    boolean received = Arrays.asList(rows.columns()).contains(SourceRows.REJECTED);
    this.sql =
        new RowSql(
            job.quality().expect(),
            Arrays.stream(rows.columns())
                .filter(column -> !Arrays.asList(RawRows.BESIDES).contains(column))
                .toList(),
            Intervals.column(job, intervals, rows.schema()),
            intervals.get(0).span(intervals.get(intervals.size() - 1)),
            received
                ? Optional.of(
                    new RowSql.Received(
                        SourceRows.INTERVAL,
                        SourceRows.SOURCE,
                        SourceRows.REJECTED,
                        SourceRows.RAW,
                        job.every()))
                : Optional.empty());
  }

  IntervalColumn interval() {
    return sql.interval();
  }

  /** The rows to be written; those that are not simply good are counted on the way. */
  Dataset<Row> good(Broken broken) {
    if (sql.isIdle()) {
      return RawRows.stored(rows);
    }
    if (!tally.isRegistered()) {
      spark.sparkContext().register(tally, "rows turned away");
    }
    spark
        .udf()
        .register(
            RowSql.DIVERT,
            udf(new Divert(broken, tally), DataTypes.BooleanType).asNondeterministic());
    return RawRows.stored(rows.where(expr(sql.keep())));
  }

  /** The rows that lie in the task's intervals, whatever rules say; counts nothing. */
  Dataset<Row> within() {
    return RawRows.stored(rows.where(expr(sql.within())));
  }

  /** What passed so far and was not simply good. */
  Tally tally() {
    return tally;
  }

  /** The rows for quarantine, in the shape of its table. */
  Dataset<Row> turnedAway() {
    Dataset<Row> away =
        rows.where(expr(sql.isTurnedAway())).selectExpr(sql.turnedAway().toArray(String[]::new));
    return away.select(
        Intervals.start(sql.interval()).as("interval_from"),
        Intervals.end(sql.interval()).as("interval_to"),
        functions.col("rule"),
        functions.col("reason"),
        functions.col("source"),
        functions.col("row"));
  }
}
