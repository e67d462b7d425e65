package io.sluice.source.fixed;

import io.sluice.lake.SourceSpec.Fixed;
import io.sluice.source.landing.LandedFormat;
import io.sluice.source.records.LineFormat;
import io.sluice.source.records.RecordFiles;
import io.sluice.source.records.RecordParser;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Lines whose values stand at fixed places; all columns are text.
 *
 * @param type the one type of line that is meant; none for all lines
 */
public record FixedFormat(
    ArrayList<Fixed.Field> layout, ArrayList<Fixed.RecordType> type, String encoding)
    implements LineFormat {

  public static LandedFormat of(Fixed fixed) {
    return new RecordFiles(
        new FixedFormat(
            new ArrayList<>(fixed.layout()),
            new ArrayList<>(fixed.record().map(List::of).orElse(List.of())),
            fixed.encoding()));
  }

  @Override
  public StructType columns() {
    StructType columns = new StructType();
    for (Fixed.Field field : layout) {
      columns = columns.add(field.name(), DataTypes.StringType);
    }
    return columns;
  }

  @Override
  public RecordParser parser() {
    return new FixedParser(layout, type.stream().findFirst());
  }
}
