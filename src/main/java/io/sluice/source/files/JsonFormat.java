package io.sluice.source.files;

import io.sluice.api.Look;
import io.sluice.api.SourceRows;
import io.sluice.source.landing.FileScan;
import io.sluice.source.landing.LandedFormat;
import io.sluice.source.records.RecordFiles;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Encoders;

/**
 * An object a line, or with {@code multiLine = true} one object or an array of them a file. Each
 * top-level field is a column of text. Which fields there are is only known when all objects were
 * seen, so that files are read twice.
 */
final class JsonFormat implements LandedFormat {

  @Override
  public SourceRows rows(FileScan scan, List<Look.Item> items) {
    JsonDialect dialect = new JsonDialect(scan.options());
    JsonRecords records = JsonRecords.names(dialect, Texts.of(scan, scan.isOn("multiLine")));
    return new RecordFiles(records.with(fields(scan, items, records))).rows(scan, items);
  }

  private static List<String> fields(FileScan scan, List<Look.Item> items, JsonRecords names) {
    TreeSet<String> fields = new TreeSet<>();
    new RecordFiles(names)
            .read(scan, items)
            .select(JsonRecords.NAMES)
            .where(JsonRecords.NAMES + " IS NOT NULL")
            .as(Encoders.STRING())
            .collectAsList()
            .stream()
            .map(array -> NamesParser.names(names.dialect(), array))
            .forEach(fields::addAll);
    return List.copyOf(fields);
  }
}
