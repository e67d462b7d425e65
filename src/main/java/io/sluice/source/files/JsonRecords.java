package io.sluice.source.files;

import io.sluice.source.records.Cutter;
import io.sluice.source.records.Extent;
import io.sluice.source.records.RecordFormat;
import io.sluice.source.records.RecordParser;
import io.sluice.source.records.Records;
import io.sluice.source.records.TextRecords;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Objects, one a line, or one or an array of them a file.
 *
 * @param texts lines, or whole files
 * @param fields names of the fields that are columns
 * @param asksNames whether fields are asked for: then the one column is a JSON array of the names
 *     in a record that no record before had
 */
record JsonRecords(
    JsonDialect dialect, TextRecords texts, ArrayList<String> fields, boolean asksNames)
    implements RecordFormat {

  static final String NAMES = "names";

  /** Asks which fields there are. */
  static JsonRecords names(JsonDialect dialect, TextRecords texts) {
    return new JsonRecords(dialect, texts, new ArrayList<>(List.of(NAMES)), true);
  }

  JsonRecords with(List<String> names) {
    return new JsonRecords(dialect, texts, new ArrayList<>(names), false);
  }

  @Override
  public StructType columns() {
    StructType columns = new StructType();
    for (String field : fields) {
      columns = columns.add(field, DataTypes.StringType);
    }
    return columns;
  }

  @Override
  public String encoding(byte[] head) {
    return texts.encoding(head);
  }

  @Override
  public String unit() {
    return texts.isWhole() ? "object" : "line";
  }

  @Override
  public boolean mayBeginAnywhere() {
    return texts.mayBeginAnywhere();
  }

  @Override
  public Records open(InputStream text, Extent extent) throws IOException {
    Cutter cutter = texts.open(text, extent).cutter();
    RecordParser parser = asksNames ? new NamesParser(dialect) : new ObjectParser(dialect, fields);
    return new Records(texts.isWhole() ? new ObjectCutter(cutter, dialect) : cutter, parser);
  }
}
