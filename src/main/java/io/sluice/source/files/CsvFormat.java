package io.sluice.source.files;

import io.sluice.api.Look;
import io.sluice.api.SourceRows;
import io.sluice.source.columns.ColumnsException;
import io.sluice.source.landing.FileScan;
import io.sluice.source.landing.ItemException;
import io.sluice.source.landing.LandedFormat;
import io.sluice.source.records.RecordFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Lines of fields, named by each file's own header. */
final class CsvFormat implements LandedFormat {

  private final CsvDialect dialect;

  CsvFormat(CsvDialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public SourceRows rows(FileScan scan, List<Look.Item> items) {
    HashMap<String, String> options = new HashMap<>(scan.options());
    // A quote inside quotes is doubled (RFC 4180); Spark alone would expect a backslash.
    options.put("escape", scan.option("escape", "\""));
    // What Spark refuses is wrong for all files, and would else be told of each.
    CsvRecords.options(options);
    CsvHeaders headers = new CsvHeaders(dialect, scan.spark().sessionState().newHadoopConf());
    Map<List<String>, List<Look.Item>> groups = headers.group(items);
    Dataset<Row> rows =
        groups.entrySet().stream()
            .map(
                group ->
                    rows(
                        scan,
                        new CsvRecords(dialect, options, new ArrayList<>(group.getKey())),
                        group.getValue()))
            .reduce((one, other) -> one.unionByName(other, true))
            .orElseGet(() -> scan.columns().none(scan.spark()));
    return new SourceRows(
        rows,
        groups.entrySet().stream()
            .map(
                group ->
                    new SourceRows.Header(
                        scan.intervals().of(group.getValue()),
                        scan.columns().named(group.getKey())))
            .toList());
  }

  private static Dataset<Row> rows(FileScan scan, CsvRecords records, List<Look.Item> items) {
    try {
      return new RecordFiles(records).rows(scan, items).rows();
    } catch (ColumnsException e) {
      List<String> alike = items.stream().map(Look.Item::id).toList();
      throw new ItemException(alike, String.valueOf(e.getMessage()), false, e);
    }
  }
}
