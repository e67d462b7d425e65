package io.sluice.source.files;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import io.sluice.source.records.Parsed;
import io.sluice.source.records.RecordParser;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Takes one line after the other apart; the first of a file is its header, where it has one. */
final class CsvLineParser implements RecordParser {

  private final CsvDialect dialect;
  private final CsvParser parser;
  private final String nothing;
  private final int columns;
  private boolean isBehindHeader;

  CsvLineParser(CsvDialect dialect, CSVOptions options, int columns, boolean isFirst) {
    this.dialect = dialect;
    this.parser = new CsvParser(options.asParserSettings());
    this.nothing = options.nullValue();
    this.columns = columns;
    this.isBehindHeader = !isFirst || !dialect.hasHeader();
  }

  @Override
  public Parsed parse(byte[] bytes, int length, @Nullable Object[] values) {
    String line = new String(bytes, 0, length, StandardCharsets.UTF_8);
    if (line.isBlank() || dialect.isComment(line)) {
      return Parsed.NOTHING;
    }
    if (!isBehindHeader) {
      isBehindHeader = true;
      return Parsed.NOTHING;
    }
    String[] fields;
    try {
      if (line.indexOf('\n') >= 0 && parser.parseAll(new StringReader(line)).size() > 1) {
        return new Parsed.Fault("a quote is not where it should be: its value spans lines");
      }
      fields = parser.parseLine(line);
    } catch (TextParsingException e) {
      return new Parsed.Fault(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    if (fields == null || fields.length != columns || hasOpenQuote(line)) {
      return new Parsed.Fault(dialect.fault(line, columns));
    }
    for (int i = 0; i < columns; i++) {
      String field = fields[i];
      values[i] = field == null || field.equals(nothing) ? null : UTF8String.fromString(field);
    }
    return Parsed.ROW;
  }

  /** Else the rest of the line would pass for the value. */
  private boolean hasOpenQuote(String line) {
    int quotes = 0;
    for (int at = line.indexOf(dialect.quote());
        at >= 0;
        at = line.indexOf(dialect.quote(), at + 1)) {
      quotes++;
    }
    return quotes % 2 != 0 && dialect.split(line).isOpen();
  }
}
