package io.sluice.source.files;

import static org.apache.spark.sql.functions.col;

import io.sluice.api.Look;
import io.sluice.source.columns.DeclaredColumns;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A line a row, in one column {@code value}; with {@code wholetext = true} a file a row. */
final class TextFormat implements FileFormat {

  @Override
  public Dataset<Row> rows(FileScan scan, List<Look.Item> items) {
    DeclaredColumns.Facts facts =
        scan.facts(
            col(FileScan.PATH), col(FileScan.MODIFIED), DeclaredColumns.noText(), col("value"));
    return scan.columns()
        .rows(scan.text(items, scan.isOn("wholetext")), List.of("value"), facts, items.get(0).id());
  }
}
