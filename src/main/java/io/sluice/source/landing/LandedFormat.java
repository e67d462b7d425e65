package io.sluice.source.landing;

import io.sluice.api.Look;
import io.sluice.api.SourceRows;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/** Takes files of one format apart. */
public interface LandedFormat {

  /** Of at least one file. */
  SourceRows rows(FileScan scan, List<Look.Item> items);

  /** The columns that any file has, known without one. */
  default StructType columnsOfAny() {
    return new StructType();
  }
}
