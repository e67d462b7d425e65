package io.sluice.table;

import io.sluice.deltalog.ContentHash;
import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.ReceiptJson;
import io.sluice.time.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** Reads and publishes through Delta's public API alone: slower, for Deltas that are not known. */
final class PublicDelta implements DeltaAccess {

  @Override
  public TableShape shape(SparkSession spark, String path, long version) {
    Row detail =
        spark
            .sql("DESCRIBE DETAIL delta.`%s`".formatted(path.replace("`", "``")))
            .select("partitionColumns")
            .head();
    return new TableShape(at(spark, path, version).schema(), detail.getList(0));
  }

  @Override
  public Dataset<Row> read(SparkSession spark, TableRead read) {
    Dataset<Row> rows = at(spark, read.path(), read.version());
    return read.cut()
        .map(
            cut -> {
              StructField field =
                  TableShape.find(rows.schema(), cut.column())
                      .orElseThrow(
                          () ->
                              new IllegalArgumentException(
                                  "%s has no column %s".formatted(read.path(), cut.column())));
              return rows.where(
                  new IntervalColumn(field.name(), field.dataType(), read.zone())
                      .within(cut.span()));
            })
        .orElse(rows);
  }

  /** It can't say which version a write replaces: what others commit meanwhile would be lost. */
  @Override
  public boolean canCarry() {
    return false;
  }

  @Override
  public boolean fence(SparkSession spark, String path, Fence fence) {
    return PublicFence.put(spark, path, fence);
  }

  @Override
  public StagedRows stage(SparkSession spark, Replacement replacement, Dataset<Row> rows) {
    StagedParquet parquet =
        StagedParquet.write(spark, replacement.path(), replacement.attempt(), rows);
    try {
      return new Staged(spark, replacement, parquet, replacement.counting().of(parquet.rows()));
    } catch (RuntimeException e) {
      parquet.remove();
      throw e;
    }
  }

  private static Dataset<Row> at(SparkSession spark, String path, long version) {
    return spark.read().format("delta").option("versionAsOf", version).load(path);
  }

  /** Rows that lie as Parquet beside the table. */
  private static final class Staged implements StagedRows {
    private final SparkSession spark;
    private final StagedParquet parquet;
    private Replacement replacement;
    private Map<Interval, Long> counts;
    private boolean isPart;

    Staged(
        SparkSession spark,
        Replacement replacement,
        StagedParquet parquet,
        Map<Interval, Long> counts) {
      this.spark = spark;
      this.replacement = replacement;
      this.parquet = parquet;
      this.counts = counts;
    }

    @Override
    public Map<Interval, Long> counts() {
      return counts;
    }

    @Override
    public Dataset<Row> rows() {
      return isPart && replacement.slice() instanceof Slice.Span span
          ? parquet.rows().where(span.rows())
          : parquet.rows();
    }

    /** Nothing is told of the rows on their way. */
    @Override
    public Map<Interval, ContentHash> hashes() {
      return Map.of();
    }

    @Override
    public List<Interval> unchanged() {
      return List.of();
    }

    @Override
    public boolean canLeaveOut() {
      return replacement.isByInterval();
    }

    @Override
    public void leaveOut(List<Interval> intervals) {
      replacement = replacement.without(intervals);
      counts = new LinkedHashMap<>(counts);
      counts.keySet().removeAll(intervals);
      isPart = true;
    }

    @Override
    public long publish(Receipt receipt) {
      SparkSession.setActiveSession(spark);
      CommitLog log = CommitLog.of(spark, replacement.path());
      return new FencedCommit(log, replacement.fence(), replacement.base(), receipt)
          .make(
              () ->
                  log.refuseConflicts(
                      replacement.counting().job().name().toString(),
                      replacement.base(),
                      replacement.slice(),
                      replacement.counting().intervals()),
              mark -> commit(log, ReceiptJson.write(receipt), mark));
    }

    private void commit(CommitLog log, String userMetadata, Optional<FencedCommit.Mark> mark) {
      DataFrameWriter<Row> writer =
          rows()
              .write()
              .format("delta")
              .mode(SaveMode.Overwrite)
              .option("userMetadata", userMetadata)
              .partitionBy(replacement.shape().partitionBy().toArray(new String[0]));
      if (log.latest().isEmpty()) {
        writer =
            writer
                .mode(SaveMode.ErrorIfExists)
                .options(
                    TableProperties.withReceipts(
                        replacement.counting().job().effort().care().keep()));
      } else if (replacement.slice() instanceof Slice.Span span) {
        writer = writer.option("replaceWhere", span.sql()).option("mergeSchema", "true");
      } else {
        writer = writer.option(replacement.anew() ? "overwriteSchema" : "mergeSchema", "true");
      }
      try (SessionSettings zone = SessionSettings.writing(spark, replacement.shape());
          SessionSettings settings = SessionSettings.committing(spark, userMetadata, mark)) {
        writer.save(replacement.path());
      }
    }

    @Override
    public void close() {
      parquet.remove();
    }
  }
}
