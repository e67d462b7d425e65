package io.sluice.source.files;

import io.sluice.source.records.Cutter;
import io.sluice.source.records.Extent;
import io.sluice.source.records.RecordFormat;
import io.sluice.source.records.Records;
import io.sluice.source.records.TextRecords;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Map$;

/**
 * Lines of fields in files with the same columns, taken apart by the parser and the options that
 * Spark's own reader has.
 *
 * @param options as Spark takes them
 */
record CsvRecords(CsvDialect dialect, HashMap<String, String> options, ArrayList<String> names)
    implements RecordFormat {

  @Override
  public StructType columns() {
    StructType columns = new StructType();
    for (String name : names) {
      columns = columns.add(name, DataTypes.StringType);
    }
    return columns;
  }

  @Override
  public String encoding(byte[] head) {
    return dialect.encoding();
  }

  @Override
  public boolean mayBeginAnywhere() {
    return !dialect.isMultiLine() && dialect.lineEnd().isEmpty();
  }

  @Override
  public Records open(InputStream text, Extent extent) throws IOException {
    return new Records(
        cutter(text, extent),
        new CsvLineParser(dialect, options(options), names.size(), extent.isFirst()));
  }

  private Cutter cutter(InputStream text, Extent extent) throws IOException {
    if (dialect.isMultiLine()) {
      return new CsvCutter(text, extent, dialect);
    }
    return new TextRecords(dialect.encoding(), dialect.lineEnd(), false)
        .open(text, extent)
        .cutter();
  }

  /**
   * What Spark makes of options.
   *
   * @throws IllegalArgumentException where it refuses them
   */
  static CSVOptions options(Map<String, String> options) {
    Map$ maps = Map$.MODULE$;
    scala.collection.immutable.Map<String, String> asSpark = maps.empty();
    for (Map.Entry<String, String> option : options.entrySet()) {
      asSpark = asSpark.updated(option.getKey(), option.getValue());
    }
    try {
      return new CSVOptions(asSpark, false, "UTC");
    } catch (Exception e) {
      // Spark is Scala and throws checked exceptions without saying so.
      throw new IllegalArgumentException("options: " + e.getMessage() + "; correct them", e);
    }
  }
}
