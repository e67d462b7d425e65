package io.sluice.source.files;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.udf;

import io.sluice.api.Look;
import io.sluice.api.SourceRows;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.source.landing.ByPath;
import io.sluice.source.landing.FileScan;
import io.sluice.source.landing.ItemIntervals;
import io.sluice.source.landing.LandedFormat;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Columns with the types that the files give them; a rejected row's text is its JSON. */
final class ParquetFormat implements LandedFormat {

  @Override
  public SourceRows rows(FileScan scan, List<Look.Item> items) {
    // Without merging, a column that the first file does not have would be lost.
    Dataset<Row> rows =
        scan.spark()
            .read()
            .options(scan.options())
            .option("mergeSchema", String.valueOf(items.size() > 1))
            .parquet(paths(items));
    List<String> received = List.of(rows.columns());
    Column[] all =
        Arrays.stream(rows.columns())
            .map(name -> col(DeclaredColumns.quoted(name)))
            .toArray(Column[]::new);
    return new SourceRows(
        scan.columns()
            .rows(
                rows,
                received,
                facts(scan.intervals(), items, to_json(struct(all))),
                items.get(0).id()));
  }

  /**
   * Just these files: what Spark would take for a pattern is escaped. (Its own switch against
   * patterns, {@code __globPaths__}, reads files twice.)
   */
  private static String[] paths(List<Look.Item> items) {
    return items.stream()
        .map(item -> item.id().replaceAll("[{}\\[\\]*?\\\\]", "\\\\$0"))
        .toArray(String[]::new);
  }

  /** Rows know their file, under the name that Spark has for it. */
  private static DeclaredColumns.Facts facts(
      ItemIntervals intervals, List<Look.Item> items, Column raw) {
    HashMap<String, LocalDateTime> starts = new HashMap<>();
    HashMap<String, String> ids = new HashMap<>();
    for (Look.Item item : items) {
      String named = new Path(item.id()).toUri().toString();
      starts.put(named, intervals.startOf(item));
      ids.put(named, item.id());
    }
    boolean areAsNamed = ids.entrySet().stream().allMatch(id -> id.getKey().equals(id.getValue()));
    Column path = col("_metadata.file_path");
    // Asking for each row takes time, and is seldom necessary.
    return new DeclaredColumns.Facts(
        Set.copyOf(starts.values()).size() == 1
            ? lit(intervals.startOf(items.get(0)))
            : udf(new ByPath<>(starts), DataTypes.TimestampNTZType).apply(path),
        areAsNamed ? path : udf(new ByPath<>(ids), DataTypes.StringType).apply(path),
        col("_metadata.file_modification_time"),
        DeclaredColumns.noText(),
        raw);
  }
}
