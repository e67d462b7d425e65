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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Gives a table its past back through Delta's public API, by writing the rows again. Also where old
 * files can't stand beside new ones, or may be gone at any moment.
 */
record PublicRestore(SparkSession spark, TableRestore restore) implements Restoring {

  @Override
  public long publish(Receipt receipt) {
    CommitLog log = CommitLog.of(spark, restore.path());
    OptionalLong base = OptionalLong.of(restore.base());
    Replaced replaced = restore.whole().isPresent() ? all(restore.whole().getAsLong()) : parts();
    String userMetadata = ReceiptJson.write(receipt);
    return new FencedCommit(log, Optional.of(restore.fence()), base, receipt)
        .make(
            () -> {
              log.refuseFenced(restore.fence(), base);
              Restoring.refuseLater(restore, log.latest());
            },
            mark -> commit(replaced, userMetadata, mark));
  }

  /**
   * Rows that take the place of others.
   *
   * @param option of the writer by which they do
   */
  private record Replaced(Dataset<Row> rows, TableShape shape, String option, String value) {}

  private void commit(Replaced replaced, String userMetadata, Optional<FencedCommit.Mark> mark) {
    StillAt look = StillAt.of(spark, restore.path(), restore.base());
    try (SessionSettings zone = SessionSettings.writing(spark, replaced.shape());
        SessionSettings settings = SessionSettings.committing(spark, userMetadata, mark)) {
      look.with(replaced.rows())
          .write()
          .format("delta")
          .mode(SaveMode.Overwrite)
          .option("userMetadata", userMetadata)
          .option(replaced.option(), replaced.value())
          .partitionBy(replaced.shape().partitionBy().toArray(new String[0]))
          .save(restore.path());
    }
  }

  /**
   * RESTORE would be cheaper, but takes no fence, and takes back what others have just committed.
   */
  private Replaced all(long version) {
    TableShape now = shape();
    Dataset<Row> rows = version < 0 ? empty(now.columns()) : at(version);
    List<String> partitionBy =
        now.partitionBy().stream()
            .filter(column -> TableShape.find(rows.schema(), column).isPresent())
            .toList();
    return new Replaced(
        rows, new TableShape(rows.schema(), partitionBy), "overwriteSchema", "true");
  }

  private Replaced parts() {
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
    return new Replaced(rows, shape, "replaceWhere", where);
  }

  private Dataset<Row> old(long version, IntervalColumn column, IntervalSet intervals) {
    Column which =
        intervals.ranges().stream().map(column::within).reduce(Column::or).orElse(lit(false));
    return at(version).where(which);
  }

  private Dataset<Row> at(long version) {
    return spark.read().format("delta").option("versionAsOf", version).load(restore.path());
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
