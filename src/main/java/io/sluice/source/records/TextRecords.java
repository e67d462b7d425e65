package io.sluice.source.records;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Texts as they are, in one column {@link #VALUE}.
 *
 * @param separator what ends a line; empty for LF, CR or both
 * @param isWhole whether a file is one record
 */
public record TextRecords(String encoding, String separator, boolean isWhole)
    implements RecordFormat {

  public static final String VALUE = "value";

  @Override
  public StructType columns() {
    return new StructType().add(VALUE, DataTypes.StringType);
  }

  @Override
  public String encoding(byte[] head) {
    return encoding;
  }

  @Override
  public boolean mayBeginAnywhere() {
    return !isWhole && separator.isEmpty();
  }

  @Override
  public Records open(InputStream text, Extent extent) throws IOException {
    return new Records(
        cutter(text, extent),
        (bytes, length, values) -> {
          values[0] = UTF8String.fromBytes(Arrays.copyOf(bytes, length));
          return Parsed.ROW;
        });
  }

  private Cutter cutter(InputStream text, Extent extent) throws IOException {
    if (isWhole) {
      return new WholeCutter(text, extent);
    }
    return separator.isEmpty()
        ? new LineCutter(text, extent)
        : new LineCutter(text, extent, separator);
  }
}
