package io.sluice.task;

import io.sluice.api.TaskContext;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.TableName;
import io.sluice.table.TableRead;
import io.sluice.table.Tables;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.Lookback;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** What a task sees of its inputs: versions that stay the same however long it works. */
final class PinnedInputs implements TaskContext {
  private final Lake lake;
  private final Job job;
  private final Tables tables;
  private final SparkSession spark;
  private final List<Interval> intervals;
  private final Interval span;
  private final Map<TableName, OptionalLong> versions;
  private final Optional<Dataset<Row>> noRowsYet;

  private PinnedInputs(
      Lake lake,
      Job job,
      Tables tables,
      SparkSession spark,
      List<Interval> intervals,
      Map<TableName, OptionalLong> versions,
      Optional<Dataset<Row>> noRowsYet) {
    this.lake = lake;
    this.job = job;
    this.tables = tables;
    this.spark = spark;
    this.intervals = List.copyOf(intervals);
    this.span = intervals.get(0).span(intervals.get(intervals.size() - 1));
    this.versions = versions;
    this.noRowsYet = noRowsYet;
  }

  /** Notes the newest version of each input and of the job's own table, all before any is read. */
  static PinnedInputs pin(
      Lake lake, Job job, Tables tables, SparkSession spark, List<Interval> intervals) {
    Map<TableName, OptionalLong> versions = new TreeMap<>();
    versions.put(job.name(), tables.version(lake.path(job.name())));
    for (TableName input : job.inputs().keySet()) {
      versions.computeIfAbsent(input, table -> tables.version(lake.path(table)));
    }
    return new PinnedInputs(lake, job, tables, spark, intervals, versions, Optional.empty());
  }

  /** The same versions, for some of the intervals. */
  PinnedInputs only(List<Interval> some) {
    return new PinnedInputs(lake, job, tables, spark, some, versions, noRowsYet);
  }

  /** The same, with these columns for the job's own table, which is not there yet. */
  PinnedInputs withoutOwnRows(StructType columns) {
    return new PinnedInputs(
        lake,
        job,
        tables,
        spark,
        intervals,
        versions,
        Optional.of(spark.createDataFrame(List.of(), columns)));
  }

  /** The version of the job's own table. */
  OptionalLong base() {
    return versions.getOrDefault(job.name(), OptionalLong.empty());
  }

  /** The columns of the job's own table; none where it is not there yet. */
  StructType ownColumns() {
    return whole(job.name()).map(Dataset::schema).orElseGet(StructType::new);
  }

  /** Whether a table has no rows at all; asked only where something went wrong. */
  boolean isEmpty(TableName table) {
    return whole(table).filter(rows -> !rows.isEmpty()).isEmpty();
  }

  /** All rows of the pinned version of a table; empty where it is not there yet. */
  private Optional<Dataset<Row>> whole(TableName table) {
    OptionalLong version = version(table);
    return version.isEmpty()
        ? Optional.empty()
        : Optional.of(
            tables.read(
                spark,
                new TableRead(
                    lake.path(table),
                    version.getAsLong(),
                    Optional.empty(),
                    Optional.empty(),
                    lake.time().zone())));
  }

  /** The versions of the inputs, by {@code layer.table}. */
  Map<String, Long> reads() {
    Map<String, Long> reads = new TreeMap<>();
    for (TableName input : job.inputs().keySet()) {
      version(input).ifPresent(version -> reads.put(input.toString(), version));
    }
    return reads;
  }

  private OptionalLong version(TableName table) {
    return versions.getOrDefault(table, OptionalLong.empty());
  }

  @Override
  public SparkSession spark() {
    return spark;
  }

  @Override
  public List<Interval> intervals() {
    return intervals;
  }

  @Override
  public Map<String, String> options() {
    return job.making() instanceof Making.FromJava java ? java.options() : Map.of();
  }

  @Override
  public Dataset<Row> input(String name) {
    return rows(named(name));
  }

  /**
   * An input as rules refer to it: also where the job reads of it only what is of its intervals.
   */
  Dataset<Row> referenced(TableName table) {
    Input input = named(table.toString());
    return rows(
        input.sight().isCut()
            ? new Input(table, Input.Sight.WHOLE, Lookback.NONE, input.follow(), input.origin())
            : input);
  }

  private Input named(String name) {
    return TableName.parse(name)
        .flatMap(table -> Optional.ofNullable(job.inputs().get(table)))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is not an input of %s; it has %s: name it under `inputs`"
                        .formatted(name, job.name(), job.inputs().keySet())));
  }

  private Dataset<Row> rows(Input input) {
    TableName name = input.table();
    Job made = lake.job(name);
    if (input.sight() == Input.Sight.SELF && noRowsYet.isPresent()) {
      return noRowsYet.get();
    }
    long version = version(name).orElseThrow(() -> absent(input, made));
    Cadence clock = made.every();
    LocalDateTime end = lastWhole(translated(span, clock), clock);
    Optional<Interval> cut =
        switch (input.sight()) {
          case CUT -> Optional.of(cut(input, clock));
          case WHOLE -> Interval.between(Interval.ALWAYS.from(), end);
          case AS_OF -> Optional.empty();
          case SELF -> Interval.between(Interval.ALWAYS.from(), span.from());
        };
    boolean nothingBefore = input.sight() == Input.Sight.SELF && cut.isEmpty();
    Optional<LocalDateTime> asOf =
        switch (input.sight()) {
          case AS_OF -> Optional.of(end).filter(moment -> !span.isAlways());
          case SELF ->
              made.cutColumn().isEmpty() && !span.isAlways()
                  ? Optional.of(span.from())
                  : Optional.empty();
          default -> Optional.empty();
        };
    Dataset<Row> rows =
        read(
            name,
            new TableRead(
                lake.path(name),
                version,
                made.cutColumn()
                    .filter(column -> !span.isAlways())
                    .flatMap(column -> cut.map(c -> new TableRead.Cut(column, c))),
                asOf,
                clock.isUtc() ? ZoneOffset.UTC : lake.time().zone()));
    return nothingBefore ? rows.where(functions.lit(false)) : rows;
  }

  /** A log that can't be read says only which of its versions. */
  private Dataset<Row> read(TableName name, TableRead read) {
    try {
      return tables.read(spark, read);
    } catch (RuntimeException e) {
      throw new InputException(name, e);
    }
  }

  /** Of an input of longer intervals, those that the task lies in: its rows are of all of them. */
  private Interval cut(Input input, Cadence clock) {
    Interval asRead = translated(input.lookback().lengthen(span), clock);
    return clock.isLongerThan(job.every()) ? clock.whole(asRead) : asRead;
  }

  /** Whether rows are shown that may belong to none of the task's intervals. */
  boolean showMore() {
    return job.inputs().values().stream()
        .anyMatch(
            input ->
                !input.lookback().isNone()
                    || input.sight().isCut()
                        && lake.job(input.table()).every().isLongerThan(job.every()));
  }

  /** An interval that is not over at the end of the task will look different later. */
  private static LocalDateTime lastWhole(Interval span, Cadence clock) {
    return span.isAlways() || clock == Cadence.NONE ? span.to() : clock.floor(span.to());
  }

  private Interval translated(Interval of, Cadence clock) {
    return clock == Cadence.NONE ? of : lake.time().translate(of, job.every(), clock);
  }

  private TaskFailure absent(Input input, Job made) {
    if (made.making() instanceof Making.External external) {
      return TaskFailure.definite(
          "%s: %s: no Delta table at %s; correct its path"
              .formatted(made.origin(), made.name(), external.path()),
          Blame.ALL);
    }
    return TaskFailure.definite(
        "%1$s: %2$s has no table, so its columns are not known; make it first: sluice run --select %2$s; where its intervals count as made all the same (accepted, or the table was removed since), by sluice backfill --select %2$s --from <its first interval>"
            .formatted(input.origin(), input.table()),
        Blame.ALL);
  }
}
