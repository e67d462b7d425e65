package io.sluice.source.files;

import io.sluice.api.Look;
import io.sluice.lake.SourceSpec;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Takes files of one format apart. */
interface FileFormat {

  /** Rows with the columns of {@link io.sluice.api.SourceRows}; of at least one file. */
  Dataset<Row> rows(FileScan scan, List<Look.Item> items);

  /** The columns that any file has, known without one. */
  default List<String> columnsOfAny() {
    return List.of();
  }

  static FileFormat of(SourceSpec.Files files) {
    return switch (files.format()) {
      case "csv" -> new CsvFormat(CsvDialect.of(files.options()));
      case "json" -> new JsonFormat();
      case "parquet" -> new ParquetFormat();
      case "text" -> new TextFormat();
      default ->
          throw new IllegalArgumentException(
              "format = %s is none of csv, json, parquet, text".formatted(files.format()));
    };
  }
}
