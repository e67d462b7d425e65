package io.sluice.source.files;

import static org.apache.spark.sql.functions.col;

import io.sluice.api.Look;
import io.sluice.source.columns.DeclaredColumns;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A line a row, in one column {@code value}; with {@code wholetext = true} a file a row. */
final class TextFormat implements FileFormat {

  private static final String VALUE = "value";

  @Override
  public List<String> columnsOfAny() {
    return List.of(VALUE);
  }

  @Override
  public Dataset<Row> rows(FileScan scan, List<Look.Item> items) {
    DeclaredColumns.Facts facts =
        scan.facts(
            col(FileScan.PATH), col(FileScan.MODIFIED), DeclaredColumns.noText(), col(VALUE));
    return scan.columns()
        .rows(scan.text(items, scan.isOn("wholetext")), columnsOfAny(), facts, items.get(0).id());
  }
}
