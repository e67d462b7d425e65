package io.sluice.source.records;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.sluice.api.Look;
import io.sluice.api.SourceRows;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.source.landing.FileScan;
import io.sluice.source.landing.ItemBytes;
import io.sluice.source.landing.LandedFormat;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Landing files in a format of Sluice's own. */
public record RecordFiles(RecordFormat format) implements LandedFormat {

  @Override
  public StructType columnsOfAny() {
    return format.columns();
  }

  @Override
  public SourceRows rows(FileScan scan, List<Look.Item> items) {
    return new SourceRows(rows(scan, read(scan, items), items.get(0).id()));
  }

  /**
   * The rows of files whose names say nothing to people.
   *
   * @param from where all of them come from, for people
   */
  public Dataset<Row> rows(
      FileScan scan, List<Look.Item> items, String from, Function<Look.Item, Came> came) {
    return rows(
        scan,
        read(
            scan,
            items,
            item ->
                new Slice(
                    item.id(),
                    0,
                    item.bytes(),
                    true,
                    scan.intervals().microsOf(item),
                    came.apply(item).source(),
                    came.apply(item).micros())),
        from);
  }

  private Dataset<Row> rows(FileScan scan, Dataset<Row> records, String from) {
    return scan.columns()
        .rows(
            records,
            List.of(format.columns().fieldNames()),
            facts(fault(), text(), place(format.unit())),
            from);
  }

  /** Facts of rows of {@link #read} that may have a fault of another kind, too. */
  public static DeclaredColumns.Facts facts(Column fault, Column text, Column place) {
    return new DeclaredColumns.Facts(
        col(RecordScan.INTERVAL),
        col(RecordScan.SOURCE),
        col(RecordScan.RECEIVED_AT),
        fault,
        text,
        place);
  }

  /** STRING: why a record can't be read, with its place. */
  public static Column fault() {
    return col(RecordScan.FAULT);
  }

  /** STRING: the record as received, where it has a fault or may turn out to have one. */
  public static Column text() {
    return col(RecordScan.TEXT);
  }

  /**
   * STRING: where in its file a record is.
   *
   * @param unit what records are counted by
   */
  public static Column place(String unit) {
    Column place = col(RecordScan.PLACE);
    return when(place.geq(0), concat(lit(unit + " "), place))
        .otherwise(concat(lit("byte "), place.multiply(-1).minus(1)));
  }

  /** What must be kept of a record for its facts. */
  public static Stream<Column> beside() {
    return RecordScan.BESIDE.stream().map(functions::col);
  }

  /** The records' columns, and those {@link #beside} them. */
  public Dataset<Row> read(FileScan scan, List<Look.Item> items) {
    return read(
        scan,
        items,
        item -> new Slice(item.id(), 0, item.bytes(), true, scan.intervals().microsOf(item)));
  }

  private Dataset<Row> read(
      FileScan scan, List<Look.Item> items, Function<Look.Item, Slice> slice) {
    SparkSession spark = scan.spark();
    Configuration storage = spark.sessionState().newHadoopConf();
    Charset encoding = Charset.forName(format.encoding(new byte[0]));
    boolean mayBeCut = format.mayBeginAnywhere() && Utf8.isWrittenSo(encoding);
    List<Slices.Whole> files =
        items.stream()
            .map(
                item ->
                    new Slices.Whole(
                        slice.apply(item), mayBeCut && !ItemBytes.isPacked(item.id(), storage)))
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
