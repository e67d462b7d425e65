package io.sluice.table;

import io.sluice.deltalog.Receipt;
import io.sluice.lake.Effort;
import io.sluice.lake.Job;
import io.sluice.lake.Making;
import io.sluice.lake.Origin;
import io.sluice.lake.Quality;
import io.sluice.lake.RetrySpec;
import io.sluice.lake.Schedule;
import io.sluice.lake.Shape;
import io.sluice.lake.TableName;
import io.sluice.lake.WriteSpec;
import io.sluice.testing.TestSpark;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A table in a folder of its own, with a job that makes it, written and read in few words. */
final class TableFixture {
  static final Quality NO_RULES = new Quality(List.of(), Quality.DEFAULT_LIMIT_PERCENT, List.of());

  final SparkSession spark;
  final DeltaTables tables;
  final String path;
  Job job;
  private static final AtomicInteger ATTEMPTS = new AtomicInteger();

  TableFixture(Path folder, boolean internals, WriteSpec write, Cadence every, Shape shape) {
    spark = TestSpark.session().newSession();
    spark.conf().set(DeltaTables.INTERNALS, Boolean.toString(internals));
    tables = new DeltaTables(spark);
    path = folder.resolve("t able").toUri().toString().replace("%20", " ").replaceAll("/$", "");
    job = job(write, every, shape);
  }

  static TableFixture replace(Path folder, boolean internals) {
    return new TableFixture(
        folder,
        internals,
        new WriteSpec.Replace(),
        Cadence.DAY,
        new Shape(List.of("day"), Optional.of("day")));
  }

  static Job job(WriteSpec write, Cadence every, Shape shape) {
    return new Job(
        TableName.parse("analysis.sale").orElseThrow(),
        new Origin("jobs/analysis/sale.sql", 1),
        "",
        List.of(),
        new Making.External("none"),
        new Schedule(every, LocalDateTime.of(2020, 1, 1, 0, 0), Optional.empty(), Duration.ZERO),
        shape,
        Map.of(),
        List.of(),
        NO_RULES,
        write,
        new Effort(1, Optional.empty(), RetrySpec.DEFAULT, Optional.empty(), Map.of()),
        Map.of(),
        "f");
  }

  static Interval day(int day) {
    return days(day, day);
  }

  static Interval days(int first, int last) {
    LocalDate start = LocalDate.of(2020, 1, 1);
    return new Interval(
        start.plusDays(first - 1).atStartOfDay(), start.plusDays(last).atStartOfDay());
  }

  Dataset<Row> rows(String sql) {
    return spark.sql(sql);
  }

  TableWrite write(Interval span) {
    return write(span, tables.version(path), false);
  }

  TableWrite write(Interval span, OptionalLong base, boolean rebuild) {
    return new TableWrite(
        job,
        path,
        base,
        job.every().split(span),
        new LakeTime(ZoneOffset.UTC),
        "a" + ATTEMPTS.incrementAndGet(),
        rebuild);
  }

  StagedRows stage(Interval span, String sql) {
    return tables.stage(spark, write(span), rows(sql));
  }

  long put(Interval span, String sql) {
    return put(write(span), sql);
  }

  long put(TableWrite write, String sql) {
    try (StagedRows staged = tables.stage(spark, write, rows(sql))) {
      return staged.publish(receipt(write, staged));
    }
  }

  long publish(Interval span, StagedRows staged) {
    return staged.publish(receipt(write(span), staged));
  }

  Receipt receipt(TableWrite write, StagedRows staged) {
    List<Receipt.Made> made = new ArrayList<>();
    staged.counts().forEach((interval, rows) -> made.add(new Receipt.Made(interval, rows, 0)));
    return new Receipt("lake", job.name().toString(), "r1", write.attempt(), "f", Map.of(), made);
  }

  Dataset<Row> read() {
    return read(tables.version(path).orElseThrow(), Optional.empty(), Optional.empty());
  }

  Dataset<Row> read(long version, Optional<TableRead.Cut> cut, Optional<LocalDateTime> asOf) {
    return tables.read(spark, new TableRead(path, version, cut, asOf, ZoneOffset.UTC));
  }

  /** The rows as text, in order. */
  List<String> lines() {
    return lines(read());
  }

  static List<String> lines(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.mkString(" ")).sorted().toList();
  }
}
