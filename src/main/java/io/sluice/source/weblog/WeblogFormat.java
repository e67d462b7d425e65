package io.sluice.source.weblog;

import io.sluice.lake.SourceSpec;
import io.sluice.lake.logs.LogForm;
import io.sluice.source.landing.LandedFormat;
import io.sluice.source.records.LineFormat;
import io.sluice.source.records.RecordFiles;
import io.sluice.source.records.RecordParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/** The forms that web servers write their logs in. */
public final class WeblogFormat {

  private WeblogFormat() {}

  /**
   * @param declared names of the columns that the definition declares
   * @throws IllegalArgumentException where the format can't be meant
   */
  public static LandedFormat of(SourceSpec.Weblog log, List<String> declared) {
    return new RecordFiles(records(log, declared));
  }

  private static LineFormat records(SourceSpec.Weblog log, List<String> declared) {
    String zone = log.zone().getId();
    switch (log.format()) {
      case "w3c":
        return new W3c(LogFields.of(W3cParser.NAMES, declared, zone), zone, log.encoding());
      case "json":
        Map<String, String> names = new HashMap<>(JsonLogParser.NAMES);
        log.fields()
            .forEach(
                (column, name) -> {
                  names.values().removeIf(column::equals);
                  names.put(name, column);
                });
        return new Json(LogFields.of(names, declared, zone), log.encoding());
      default:
        return new Lines(LogForm.parse(log.format()), zone, log.encoding());
    }
  }

  /** Lines of one form. */
  private record Lines(LogForm form, String zone, String encoding) implements LineFormat {
    @Override
    public StructType columns() {
      return LogColumns.of(form).schema();
    }

    @Override
    public RecordParser parser() {
      return new FormParser(form, new FormValues(LogColumns.of(form), zone));
    }
  }

  /** Lines whose values are named by a line before them. */
  private record W3c(LogFields fields, String zone, String encoding) implements LineFormat {
    @Override
    public StructType columns() {
      return fields.columns();
    }

    @Override
    public boolean mayBeginAnywhere() {
      return false;
    }

    @Override
    public RecordParser parser() {
      return new W3cParser(fields, zone);
    }
  }

  /** A JSON object a line. */
  private record Json(LogFields fields, String encoding) implements LineFormat {
    @Override
    public StructType columns() {
      return fields.columns();
    }

    @Override
    public RecordParser parser() {
      return new JsonLogParser(fields);
    }
  }
}
