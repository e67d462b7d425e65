package io.sluice.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.sluice.lake.Job;
import io.sluice.lake.WriteSpec;
import io.sluice.time.Cadence;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows that take the place of those of the task's intervals, or of the whole table. */
record ReplaceWrite(TableWrite write, Optional<TableShape> old) {

  StagedRows stage(DeltaAccess access, SparkSession spark, Dataset<Row> rows) {
    Replacement replacement = carrying(access, spark, replacement(rows.schema()));
    return access.stage(spark, replacement, aligned(rows, replacement.shape()));
  }

  Replacement replacement(StructType rows) {
    Job job = write.job();
    TableShape made = TableShape.made(job, rows);
    TableShape shape = old.map(table -> table.accept(job, made)).orElse(made);
    boolean widens = old.filter(shape::changesTypes).isPresent();
    Optional<IntervalColumn> column =
        isWhole() ? Optional.empty() : Optional.of(intervalColumn(write, shape.columns()));
    Slice slice =
        column.isEmpty() || write.rebuild() || widens
            ? new Slice.Whole()
            : new Slice.Span(column.get(), write.span());
    return new Replacement(
        write.path(),
        write.base(),
        shape,
        slice,
        new Counting(job, write.intervals(), column),
        write.attempt(),
        write.rebuild() || widens,
        write.fence());
  }

  private boolean isWhole() {
    return write.job().write() instanceof WriteSpec.Overwrite
        || write.job().every() == Cadence.NONE;
  }

  /** A file's types stay as they are: rows that are to stay in wider ones are written again. */
  private Replacement carrying(DeltaAccess access, SparkSession spark, Replacement replacement) {
    TableShape shape = replacement.shape();
    if (isWhole() || old.filter(shape::changesTypes).isEmpty() || write.base().isEmpty()) {
      return replacement;
    }
    if (!access.canCarry()) {
      throw TableShape.refused(
          write.job(),
          "its types become wider, for which this Delta has no safe way; "
              + TableShape.remake(write.job()));
    }
    Slice.Span beside = new Slice.Span(intervalColumn(write, shape.columns()), write.span());
    Dataset<Row> table =
        access.read(
            spark,
            new TableRead(
                write.path(),
                write.base().getAsLong(),
                Optional.empty(),
                Optional.empty(),
                write.time().zone()));
    Column isReplaced = coalesce(beside.column().within(write.span()), lit(false));
    return replacement.carrying(
        new Replacement.Carried(widened(table.where(not(isReplaced)), shape), beside));
  }

  private static Dataset<Row> widened(Dataset<Row> table, TableShape shape) {
    Column[] columns =
        Arrays.stream(shape.columns().fields())
            .map(
                field ->
                    TableShape.find(table.schema(), field.name())
                        .map(own -> Columns.column(own.name()))
                        .orElse(lit(null))
                        .cast(field.dataType())
                        .as(field.name()))
            .toArray(Column[]::new);
    return table.select(columns);
  }

  /** The column of these that says which interval a row belongs to. */
  static IntervalColumn intervalColumn(TableWrite write, StructType columns) {
    Job job = write.job();
    String name =
        job.shape()
            .intervalBy()
            .orElseThrow(
                () ->
                    TableShape.refused(
                        job,
                        "no column says which interval a row belongs to: set partition-by or interval-by"));
    StructField field =
        TableShape.find(columns, name)
            .orElseThrow(
                () ->
                    TableShape.refused(
                        job,
                        "column %s, which says which interval a row belongs to, is not made: select it"
                            .formatted(name)));
    return new IntervalColumn(
        field.name(), field.dataType(), job.every().isUtc() ? ZoneOffset.UTC : write.time().zone());
  }

  private static Dataset<Row> aligned(Dataset<Row> rows, TableShape shape) {
    Column[] columns = new Column[shape.columns().length()];
    for (int i = 0; i < columns.length; i++) {
      String name = shape.columns().fields()[i].name();
      columns[i] = col("`" + name + "`").as(name);
    }
    return rows.select(columns);
  }
}
