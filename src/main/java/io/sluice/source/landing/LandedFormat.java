package io.sluice.source.landing;

import io.sluice.api.Look;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Takes files of one format apart. */
public interface LandedFormat {

  /** Rows with the columns of {@link io.sluice.api.SourceRows}; of at least one file. */
  Dataset<Row> rows(FileScan scan, List<Look.Item> items);

  /** The columns that any file has, known without one. */
  default StructType columnsOfAny() {
    return new StructType();
  }
}
