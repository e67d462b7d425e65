package io.sluice.source.landing;

import static org.apache.spark.sql.functions.col;

import io.sluice.api.Look;
import io.sluice.source.columns.DeclaredColumns;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;

/**
 * What all formats need to read files.
 *
 * @param options the reader's own, as the definition gives them
 */
public record FileScan(
    SparkSession spark,
    Map<String, String> options,
    ItemIntervals intervals,
    DeclaredColumns columns) {

  public FileScan {
    options = Map.copyOf(options);
  }

  public DataFrameReader reader() {
    return spark.read().options(options);
  }

  /**
   * Just these files: what Spark would take for a pattern is escaped. (Its own switch against
   * patterns, {@code __globPaths__}, reads files twice.)
   */
  public static String[] paths(List<Look.Item> items) {
    return items.stream()
        .map(item -> item.id().replaceAll("[{}\\[\\]*?\\\\]", "\\\\$0"))
        .toArray(String[]::new);
  }

  /** Facts of rows that still know their file. */
  public DeclaredColumns.Facts facts(Column broken, Column raw) {
    Column path = col("_metadata.file_path");
    return new DeclaredColumns.Facts(
        intervals.interval(path),
        intervals.item(path),
        col("_metadata.file_modification_time"),
        broken,
        raw);
  }

  /** As Spark finds options: whatever the case. */
  public String option(String name, String otherwise) {
    return options.entrySet().stream()
        .filter(option -> option.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }

  public boolean isOn(String name) {
    return Boolean.parseBoolean(option(name, "false"));
  }
}
