package io.sluice.source.files;

import static org.apache.spark.sql.functions.col;

import io.sluice.api.Look;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.source.landing.FileScan;
import io.sluice.source.landing.LandedFormat;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A line a row, in one column {@code value}; with {@code wholetext = true} a file a row. */
final class TextFormat implements LandedFormat {

  private static final String VALUE = "value";

  @Override
  public StructType columnsOfAny() {
    return new StructType().add(VALUE, DataTypes.StringType);
  }

  @Override
  public Dataset<Row> rows(FileScan scan, List<Look.Item> items) {
    DeclaredColumns.Facts facts =
        scan.facts(
            col(FileScan.PATH), col(FileScan.MODIFIED), DeclaredColumns.noText(), col(VALUE));
    return scan.columns()
        .rows(scan.text(items, scan.isOn("wholetext")), List.of(VALUE), facts, items.get(0).id());
  }
}
