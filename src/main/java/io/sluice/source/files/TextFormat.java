package io.sluice.source.files;

import io.sluice.api.Look;
import io.sluice.api.SourceRows;
import io.sluice.source.landing.FileScan;
import io.sluice.source.landing.LandedFormat;
import io.sluice.source.records.RecordFiles;
import io.sluice.source.records.TextRecords;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A line a row, in one column {@code value}; with {@code wholetext = true} a file a row. */
final class TextFormat implements LandedFormat {

  @Override
  public StructType columnsOfAny() {
    return new StructType().add(TextRecords.VALUE, DataTypes.StringType);
  }

  @Override
  public SourceRows rows(FileScan scan, List<Look.Item> items) {
    return new RecordFiles(Texts.of(scan, scan.isOn("wholetext"))).rows(scan, items);
  }
}
