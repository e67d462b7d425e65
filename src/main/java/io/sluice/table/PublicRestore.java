package io.sluice.table;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.lit;

import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.ReceiptJson;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Gives a table its past back through Delta's public API: all of it by RESTORE, intervals by
 * writing their rows again. The latter also where old files can't stand beside new ones.
 */
record PublicRestore(SparkSession spark, TableRestore restore) implements Restoring {

  @Override
  public long publish(Receipt receipt) {
    CommitLog log = CommitLog.of(spark, restore.path());
    Restoring.refuseLater(restore, log.latest());
    String userMetadata = ReceiptJson.write(receipt);
    try (SessionSettings settings = SessionSettings.committing(spark, userMetadata)) {
      if (restore.whole().isEmpty()) {
        replaceIntervals(userMetadata);
      } else if (restore.whole().getAsLong() >= 0) {
        spark.sql(
            "RESTORE TABLE delta.%s TO VERSION AS OF %d"
                .formatted(Columns.quoted(restore.path()), restore.whole().getAsLong()));
      } else {
        writer(empty(shape().columns()), userMetadata, shape()).save(restore.path());
      }
    }
    return log.versionOf(receipt, OptionalLong.of(restore.base()));
  }

  private void replaceIntervals(String userMetadata) {
    TableShape shape = shape();
    IntervalColumn column = Restoring.column(restore, shape);
    Dataset<Row> rows = empty(shape.columns());
    List<Interval> ranges = new ArrayList<>();
    for (Map.Entry<Long, IntervalSet> part : restore.parts().entrySet()) {
      ranges.addAll(part.getValue().ranges());
      if (part.getKey() >= 0) {
        rows = rows.unionByName(as(shape.columns(), old(part.getKey(), column, part.getValue())));
      }
    }
    String where =
        ranges.stream().map(range -> "(" + column.sqlWithin(range) + ")").collect(joining(" OR "));
    try (SessionSettings zone = SessionSettings.writing(spark, shape)) {
      writer(rows, userMetadata, shape).option("replaceWhere", where).save(restore.path());
    }
  }

  private DataFrameWriter<Row> writer(Dataset<Row> rows, String userMetadata, TableShape shape) {
    return rows.write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .option("userMetadata", userMetadata)
        .partitionBy(shape.partitionBy().toArray(new String[0]));
  }

  private Dataset<Row> old(long version, IntervalColumn column, IntervalSet intervals) {
    Column which =
        intervals.ranges().stream().map(column::within).reduce(Column::or).orElse(lit(false));
    return spark
        .read()
        .format("delta")
        .option("versionAsOf", version)
        .load(restore.path())
        .where(which);
  }

  /** Old rows in the columns of now; wider ones hold them. */
  private Dataset<Row> as(StructType columns, Dataset<Row> old) {
    for (StructField field : old.schema().fields()) {
      Optional<StructField> now = TableShape.find(columns, field.name());
      if (now.filter(wide -> Widening.holds(wide.dataType(), field.dataType())).isEmpty()) {
        throw TableShape.refused(
            restore.job(),
            "column %s was %s then and is %s now, so the old rows don't fit; make them again: sluice backfill"
                .formatted(
                    field.name(),
                    field.dataType().sql(),
                    now.map(other -> other.dataType().sql()).orElse("gone")));
      }
    }
    return old.select(
        Arrays.stream(columns.fields())
            .map(
                field ->
                    TableShape.find(old.schema(), field.name())
                        .map(own -> Columns.column(own.name()))
                        .orElse(lit(null))
                        .cast(field.dataType())
                        .as(field.name()))
            .toArray(Column[]::new));
  }

  private Dataset<Row> empty(StructType columns) {
    return spark.createDataFrame(List.of(), columns);
  }

  private TableShape shape() {
    return new PublicDelta().shape(spark, restore.path(), restore.base());
  }
}
