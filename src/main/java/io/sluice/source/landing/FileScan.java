package io.sluice.source.landing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.decode;

import io.sluice.api.Look;
import io.sluice.source.columns.DeclaredColumns;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

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

  /** Columns that are put beside a text before it is taken apart. */
  public static final String PATH = "__path";

  public static final String MODIFIED = "__modified";

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
    return facts(col("_metadata.file_path"), modified(), broken, raw);
  }

  public DeclaredColumns.Facts facts(Column path, Column modified, Column broken, Column raw) {
    return new DeclaredColumns.Facts(
        intervals.interval(path), intervals.item(path), modified, broken, raw);
  }

  private static Column modified() {
    return col("_metadata.file_modification_time");
  }

  /** Lines, or whole files, as STRING {@code value}, with {@link #PATH} and {@link #MODIFIED}. */
  public Dataset<Row> text(List<Look.Item> items, boolean wholeFiles) {
    Column value = col("value");
    String encoding = option("encoding", option("charset", "UTF-8"));
    if (!encoding.equalsIgnoreCase("UTF-8")) {
      value = decode(value.cast(DataTypes.BinaryType), encoding);
    }
    return reader()
        .option("wholetext", String.valueOf(wholeFiles))
        .text(paths(items))
        .select(value.as("value"), col("_metadata.file_path").as(PATH), modified().as(MODIFIED));
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
