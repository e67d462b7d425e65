package io.sluice.source.files;

import io.sluice.lake.SourceSpec;
import io.sluice.source.landing.LandedFormat;

/** The formats that are read by Spark's own readers. */
public final class FileFormats {
  private FileFormats() {}

  /**
   * @throws IllegalArgumentException where the options can't be meant
   */
  public static LandedFormat of(SourceSpec.Files files) {
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
