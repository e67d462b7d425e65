package io.sluice.task;

import io.sluice.deltalog.ContentHash;
import io.sluice.deltalog.Receipt;
import io.sluice.lake.Lake;
import io.sluice.rehearsal.FaultPoint;
import io.sluice.rehearsal.Rehearsal;
import io.sluice.table.Fence;
import io.sluice.table.StagedRows;
import io.sluice.table.TableRead;
import io.sluice.table.TableWrite;
import io.sluice.table.Tables;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Tables at which faults are rehearsed. */
record RehearsedTables(Tables tables, Lake lake, Rehearsal rehearsal) implements Tables {

  static Tables of(Tables tables, Lake lake, Rehearsal rehearsal) {
    return rehearsal.isAsked() ? new RehearsedTables(tables, lake, rehearsal) : tables;
  }

  @Override
  public OptionalLong version(String path) {
    return tables.version(path);
  }

  @Override
  public Dataset<Row> read(SparkSession spark, TableRead read) {
    return tables.read(spark, read);
  }

  @Override
  public StagedRows stage(SparkSession spark, TableWrite write, Dataset<Row> rows) {
    String job = write.job().name().toString();
    return new Staged(
        rehearsal.step(FaultPoint.STAGE, job, () -> tables.stage(spark, write, rows)),
        job,
        rehearsal);
  }

  @Override
  public OptionalLong landed(String path, Receipt receipt, OptionalLong base) {
    return tables.landed(path, receipt, base);
  }

  @Override
  public Map<Interval, Long> quarantine(
      SparkSession spark, String path, String attempt, Dataset<Row> rows) {
    return rehearsal.step(
        FaultPoint.QUARANTINE,
        jobOfQuarantine(path),
        () -> tables.quarantine(spark, path, attempt, rows));
  }

  private String jobOfQuarantine(String path) {
    return lake.jobs().keySet().stream()
        .filter(job -> lake.quarantinePath(job).equals(path))
        .findFirst()
        .orElseThrow()
        .toString();
  }

  @Override
  public boolean fence(SparkSession spark, String path, Fence fence) {
    return rehearsal.step(FaultPoint.FENCE, fence.job(), () -> tables.fence(spark, path, fence));
  }

  @Override
  public void forgetTurnedAway(
      SparkSession spark, String path, String attempt, List<Interval> intervals) {
    tables.forgetTurnedAway(spark, path, attempt, intervals);
  }

  @Override
  public void forget(SparkSession spark, String tablePath, String quarantinePath, String attempt) {
    tables.forget(spark, tablePath, quarantinePath, attempt);
  }

  private record Staged(StagedRows staged, String job, Rehearsal rehearsal) implements StagedRows {
    @Override
    public Map<Interval, Long> counts() {
      return staged.counts();
    }

    @Override
    public Dataset<Row> rows() {
      return staged.rows();
    }

    @Override
    public Map<Interval, ContentHash> hashes() {
      return staged.hashes();
    }

    @Override
    public boolean canLeaveOut() {
      return staged.canLeaveOut();
    }

    @Override
    public void leaveOut(List<Interval> intervals) {
      staged.leaveOut(intervals);
    }

    @Override
    public List<Interval> unchanged() {
      return staged.unchanged();
    }

    @Override
    public long publish(Receipt receipt) {
      return rehearsal.step(FaultPoint.COMMIT, job, () -> staged.publish(receipt));
    }

    @Override
    public void close() {
      staged.close();
    }
  }
}
