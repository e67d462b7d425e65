package io.sluice.table;

import io.sluice.deltalog.ContentHash;
import io.sluice.deltalog.Receipt;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** How a write mode puts the rows of a batch into its table by their key. */
interface KeyedWrite {

  /** Refuses rows that this mode can't put into the table. */
  void check();

  Published publish(Receipt receipt);

  /** Stages the rows as a batch, and lets the mode have it. */
  static StagedRows stage(
      SparkSession spark,
      TableWrite write,
      List<String> key,
      Dataset<Row> rows,
      Function<KeyedBatch, KeyedWrite> mode) {
    KeyedBatch batch = KeyedBatch.stage(spark, write, rows, key);
    try {
      KeyedWrite staged = mode.apply(batch);
      staged.check();
      return new Staged(spark, batch, staged);
    } catch (RuntimeException e) {
      batch.parquet().remove();
      throw e;
    }
  }

  /** A batch that lies beside its table. */
  final class Staged implements StagedRows {
    private final SparkSession spark;
    private final KeyedBatch batch;
    private final KeyedWrite mode;
    private boolean isSame;

    Staged(SparkSession spark, KeyedBatch batch, KeyedWrite mode) {
      this.spark = spark;
      this.batch = batch;
      this.mode = mode;
    }

    @Override
    public Map<Interval, Long> counts() {
      return batch.counts();
    }

    @Override
    public Dataset<Row> rows() {
      return batch.parquet().rows();
    }

    @Override
    public long publish(Receipt receipt) {
      SparkSession.setActiveSession(spark);
      Published published = mode.publish(receipt);
      isSame = !published.changesRows();
      return published.version();
    }

    @Override
    public Map<Interval, ContentHash> hashes() {
      return Map.of();
    }

    @Override
    public boolean canLeaveOut() {
      return false;
    }

    @Override
    public void leaveOut(List<Interval> intervals) {
      throw new IllegalStateException("These rows are published as a whole or not at all");
    }

    @Override
    public List<Interval> unchanged() {
      return isSame ? batch.write().intervals() : List.of();
    }

    @Override
    public void close() {
      batch.parquet().remove();
    }
  }
}
