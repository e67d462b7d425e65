package io.sluice.source.weblog;

import io.sluice.lake.SourceSpec;
import io.sluice.source.landing.LandedFormat;
import io.sluice.source.records.LineCutter;
import io.sluice.source.records.RecordFiles;
import io.sluice.source.records.RecordFormat;
import io.sluice.source.records.RecordParser;
import io.sluice.source.records.Records;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/** The forms that web servers write their logs in. */
public final class WeblogFormat {

  static final String COMMON = "%h %l %u %t \"%r\" %>s %b";
  static final String COMBINED = COMMON + " \"%{Referer}i\" \"%{User-Agent}i\"";

  private WeblogFormat() {}

  /**
   * @param declared names of the columns that the definition declares
   * @throws IllegalArgumentException where the format can't be meant
   */
  public static LandedFormat of(SourceSpec.Weblog log, List<String> declared) {
    return new RecordFiles(records(log, declared));
  }

  private static RecordFormat records(SourceSpec.Weblog log, List<String> declared) {
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
        LogColumns columns = new LogColumns();
        LogForm form = form(log.format(), columns, zone);
        return new Lines(form, columns.schema(), log.encoding());
    }
  }

  private static LogForm form(String format, LogColumns columns, String zone) {
    switch (format) {
      case "common":
        return ApacheForm.parse(COMMON, columns, zone);
      case "combined":
        return ApacheForm.parse(COMBINED, columns, zone);
      default:
        if (format.contains("$")) {
          return NginxForm.parse(format, columns, zone);
        }
        if (format.contains("%")) {
          return ApacheForm.parse(format, columns, zone);
        }
        throw new IllegalArgumentException(
            "format = '%s' is none of common, combined, w3c, json, and no format string: write it as in the server's configuration, as %s"
                .formatted(format, COMMON));
    }
  }

  /** What all logs have in common: a line is a record. */
  private abstract static class Log implements RecordFormat {
    private static final long serialVersionUID = 1;
    private final StructType columns;
    private final String encoding;

    Log(StructType columns, String encoding) {
      this.columns = columns;
      this.encoding = encoding;
    }

    abstract RecordParser parser();

    @Override
    public StructType columns() {
      return columns;
    }

    @Override
    public String encoding(byte[] head) {
      return encoding;
    }

    @Override
    public boolean mayBeginAnywhere() {
      return true;
    }

    @Override
    public Records open(InputStream text, long from, long to) throws IOException {
      return new Records(new LineCutter(text, from, to), parser());
    }
  }

  /** Lines of one form. */
  private static final class Lines extends Log {
    private static final long serialVersionUID = 1;
    private final LogForm form;

    Lines(LogForm form, StructType columns, String encoding) {
      super(columns, encoding);
      this.form = form;
    }

    @Override
    RecordParser parser() {
      return new FormParser(form);
    }
  }

  /** Lines whose values are named by a line before them. */
  private static final class W3c extends Log {
    private static final long serialVersionUID = 1;
    private final LogFields fields;
    private final String zone;

    W3c(LogFields fields, String zone, String encoding) {
      super(fields.columns(), encoding);
      this.fields = fields;
      this.zone = zone;
    }

    @Override
    public boolean mayBeginAnywhere() {
      return false;
    }

    @Override
    RecordParser parser() {
      return new W3cParser(fields, zone);
    }
  }

  /** A JSON object a line. */
  private static final class Json extends Log {
    private static final long serialVersionUID = 1;
    private final LogFields fields;

    Json(LogFields fields, String encoding) {
      super(fields.columns(), encoding);
      this.fields = fields;
    }

    @Override
    RecordParser parser() {
      return new JsonLogParser(fields);
    }
  }
}
