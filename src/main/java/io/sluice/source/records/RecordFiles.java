package io.sluice.source.records;

import static org.apache.spark.sql.functions.col;

import io.sluice.api.Look;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.source.landing.FileScan;
import io.sluice.source.landing.ItemBytes;
import io.sluice.source.landing.LandedFormat;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Landing files in a format of Sluice's own. */
public record RecordFiles(RecordFormat format) implements LandedFormat {

  @Override
  public StructType columnsOfAny() {
    return format.columns();
  }

  @Override
  public Dataset<Row> rows(FileScan scan, List<Look.Item> items) {
    return rows(scan, items, items.get(0).id(), file -> file, file -> col(RecordScan.MODIFIED));
  }

  /**
   * The rows of files whose names say nothing to people.
   *
   * @param from where they come from, for people
   * @param source by the column of a row's file: STRING
   * @param receivedAt by the column of a row's file: TIMESTAMP
   */
  public Dataset<Row> rows(
      FileScan scan,
      List<Look.Item> items,
      String from,
      UnaryOperator<Column> source,
      UnaryOperator<Column> receivedAt) {
    Column file = col(RecordScan.FILE);
    DeclaredColumns.Facts facts =
        new DeclaredColumns.Facts(
            col(RecordScan.INTERVAL),
            source.apply(file),
            receivedAt.apply(file),
            col(RecordScan.FAULT),
            col(RecordScan.TEXT),
            col(RecordScan.PLACE));
    return scan.columns()
        .rows(read(scan, items), List.of(format.columns().fieldNames()), facts, from);
  }

  /** The records' columns, and beside them the names of {@link RecordScan}. */
  public Dataset<Row> read(FileScan scan, List<Look.Item> items) {
    SparkSession spark = scan.spark();
    Configuration storage = spark.sessionState().newHadoopConf();
    Charset encoding = Charset.forName(format.encoding(new byte[0]));
    boolean mayBeCut = format.mayBeginAnywhere() && Utf8.isWrittenSo(encoding);
    List<Slices.Whole> files =
        items.stream()
            .map(
                item ->
                    new Slices.Whole(
                        new Slice(item.id(), 0, item.bytes(), true, scan.intervals().startOf(item)),
                        mayBeCut && !ItemBytes.isPacked(item.id(), storage)))
            .toList();
    Slices slices =
        new Slices(
            spark.sessionState().conf().filesMaxPartitionBytes(),
            spark.sessionState().conf().filesOpenCostInBytes(),
            spark.sparkContext().defaultParallelism());
    RecordScan what = RecordScan.of(format, scan.columns().mayTurnAway(), slices.of(files));
    return spark
        .read()
        .format(RecordTable.class.getName())
        .option(RecordTable.SCAN, what.written())
        .load();
  }
}
