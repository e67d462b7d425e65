package io.sluice.source.files;

import io.sluice.api.Look;
import io.sluice.lake.SourceSpec;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.Map;
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

  /** Options that would hide rows or do what is Sluice's to do, and what to do instead. */
  Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("mode", "rows that can't be read always go to quarantine; leave it out"),
          Map.entry("columnnameofcorruptrecord", "rejected rows go to quarantine; leave it out"),
          Map.entry("inferschema", "give types in columns { NAME = { type = INT } }"),
          Map.entry("schema", "give types in columns { NAME = { type = INT } }"),
          Map.entry("path", "say it in source.path"),
          Map.entry("pathglobfilter", "say it in source.path"),
          Map.entry("recursivefilelookup", "say it in source.path, with **"),
          Map.entry("modifiedafter", "changed files are found without it"),
          Map.entry("modifiedbefore", "changed files are found without it"),
          Map.entry("ignorecorruptfiles", "rows would be lost without a word"),
          Map.entry("ignoremissingfiles", "rows would be lost without a word"),
          Map.entry("enforceschema", "files with other headers are read by their own"));

  private static void checkEncoding(String key, String value) {
    if (key.equalsIgnoreCase("encoding") || key.equalsIgnoreCase("charset")) {
      boolean isKnown;
      try {
        isKnown = Charset.isSupported(value);
      } catch (IllegalCharsetNameException e) {
        isKnown = false;
      }
      if (!isKnown) {
        throw new IllegalArgumentException(
            "the option '%s' is %s, which is no encoding; write %s = UTF-8, ISO-8859-1, windows-1252 …"
                .formatted(key, value, key));
      }
    }
  }

  static FileFormat of(SourceSpec.Files files) {
    for (String key : files.options().keySet()) {
      String why = REFUSED.get(key.toLowerCase(java.util.Locale.ROOT));
      if (why != null) {
        throw new IllegalArgumentException("the option '%s' can't be set: %s".formatted(key, why));
      }
    }
    files.options().forEach(FileFormat::checkEncoding);
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
