package io.sluice.source.rest;

import io.sluice.source.records.Extent;
import io.sluice.source.records.RecordFormat;
import io.sluice.source.records.Records;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How pages are taken apart.
 *
 * @param path of the list of records
 */
record PageFormat(ArrayList<String> path, ArrayList<String> fields) implements RecordFormat {

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
    return "UTF-8";
  }

  @Override
  public String unit() {
    return "record";
  }

  @Override
  public boolean mayBeginAnywhere() {
    return false;
  }

  @Override
  public Records open(InputStream text, Extent extent) throws IOException {
    ElementReader elements = new ElementReader(text, extent, path, fields);
    return new Records(elements, elements);
  }
}
