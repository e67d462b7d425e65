package io.sluice.task;

import io.sluice.deltalog.ContentHash;
import io.sluice.deltalog.Receipt;
import io.sluice.lake.Job;
import io.sluice.table.Fence;
import io.sluice.table.StagedRows;
import io.sluice.table.TableRead;
import io.sluice.table.TableWrite;
import io.sluice.table.Tables;
import io.sluice.time.Interval;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Tables that replace by interval, kept in memory with all their versions; days alone. */
final class MemoryTables implements Tables {
  private record Version(StructType schema, List<Row> rows) {}

  private final Map<String, List<Version>> versions = new HashMap<>();
  final List<Receipt> receipts = new ArrayList<>();
  final Map<String, List<Row>> quarantined = new HashMap<>();
  final List<TableRead> reads = new ArrayList<>();
  int closed;
  Runnable whenQuarantined = () -> {};
  Runnable whenPublished = () -> {};

  void put(String path, Dataset<Row> rows) {
    versions
        .computeIfAbsent(path, key -> new ArrayList<>())
        .add(new Version(rows.schema(), rows.collectAsList()));
  }

  /** The newest rows as text, in order. */
  List<String> rows(String path) {
    return versions.getOrDefault(path, List.of()).stream()
        .reduce((a, b) -> b)
        .map(version -> version.rows().stream().map(Row::toString).sorted().toList())
        .orElse(List.of());
  }

  @Override
  public OptionalLong version(String path) {
    int known = versions.getOrDefault(path, List.of()).size();
    return known == 0 ? OptionalLong.empty() : OptionalLong.of(known - 1);
  }

  @Override
  public Dataset<Row> read(SparkSession spark, TableRead read) {
    reads.add(read);
    Version version = versions.getOrDefault(read.path(), List.of()).get((int) read.version());
    Dataset<Row> rows = spark.createDataFrame(version.rows(), version.schema());
    return read.cut()
        .map(
            cut ->
                rows.where(
                    "%s >= DATE '%s' AND %s < DATE '%s'"
                        .formatted(
                            cut.column(),
                            cut.span().from().toLocalDate(),
                            cut.column(),
                            cut.span().to().toLocalDate())))
        .orElse(rows);
  }

  @Override
  public StagedRows stage(SparkSession spark, TableWrite write, Dataset<Row> rows) {
    List<Row> staged = rows.collectAsList();
    return new StagedRows() {
      @Override
      public Map<Interval, Long> counts() {
        Map<Interval, Long> counts = new TreeMap<>();
        write.intervals().forEach(interval -> counts.put(interval, 0L));
        staged.forEach(row -> counts.merge(interval(write.job(), row), 1L, Long::sum));
        return counts;
      }

      @Override
      public Dataset<Row> rows() {
        return spark.createDataFrame(staged, rows.schema());
      }

      @Override
      public long publish(Receipt receipt) {
        List<Row> all = new ArrayList<>(staged);
        List<Version> known = versions.computeIfAbsent(write.path(), key -> new ArrayList<>());
        if (!known.isEmpty()) {
          known.get(known.size() - 1).rows().stream()
              .filter(row -> !write.intervals().contains(interval(write.job(), row)))
              .forEach(all::add);
        }
        known.add(new Version(rows.schema(), all));
        receipts.add(receipt);
        whenPublished.run();
        return known.size() - 1;
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
        throw new IllegalStateException("Nothing is left out of these tables");
      }

      @Override
      public List<Interval> unchanged() {
        return List.of();
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }

  private static Interval interval(Job job, Row row) {
    return job.shape()
        .intervalBy()
        .map(column -> LocalDate.parse(String.valueOf(row.<Object>getAs(column))))
        .map(date -> job.every().at(date.atStartOfDay()))
        .orElse(Interval.ALWAYS);
  }

  @Override
  public Map<Interval, Long> quarantine(
      SparkSession spark, String path, String attempt, Dataset<Row> rows) {
    Map<Interval, Long> counts = new TreeMap<>();
    List<Row> turnedAway = rows.collectAsList();
    turnedAway.forEach(
        row ->
            counts.merge(
                new Interval(row.<LocalDateTime>getAs(0), row.<LocalDateTime>getAs(1)),
                1L,
                Long::sum));
    quarantined.put(attempt, turnedAway);
    whenQuarantined.run();
    return counts;
  }

  @Override
  public OptionalLong landed(String path, Receipt receipt, OptionalLong base) {
    return OptionalLong.empty();
  }

  @Override
  public boolean fence(SparkSession spark, String path, Fence fence) {
    return true;
  }

  @Override
  public void forgetTurnedAway(
      SparkSession spark, String path, String attempt, List<Interval> intervals) {
    throw new IllegalStateException("Nothing is left out of these tables");
  }

  @Override
  public void forget(SparkSession spark, String tablePath, String quarantinePath, String attempt) {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("Interrupted");
    }
    quarantined.remove(attempt);
  }
}
