package io.sluice.source.files;

import io.sluice.source.records.ByteWindow;
import io.sluice.source.records.CopyingCutter;
import io.sluice.source.records.Cutter;
import io.sluice.source.records.Extent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lines whose quoted values may span lines. A quote without an end is a fault of its own line
 * alone: the lines after it are read.
 */
final class CsvCutter extends CopyingCutter {

  private final ByteWindow window;
  private final CsvDialect dialect;
  private final byte[] separator;
  private final byte[] quote;
  private final byte[] escapedQuote;
  private final byte[] escapedEscape;
  private long next;
  private long counted;
  private long line = 1;

  CsvCutter(InputStream text, Extent extent, CsvDialect dialect) {
    this.window = new ByteWindow(text, extent.from());
    this.next = extent.from();
    this.counted = extent.from();
    this.dialect = dialect;
    this.separator = utf8(dialect.separator());
    this.quote = utf8(String.valueOf(dialect.quote()));
    this.escapedQuote = utf8("" + dialect.escape() + dialect.quote());
    this.escapedEscape = utf8("" + dialect.escapeOfEscape() + dialect.escape());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean next() throws IOException {
    line += window.lines(counted, next);
    counted = next;
    window.letGo(next);
    int first = window.at(next);
    if (first < 0) {
      return false;
    }
    boolean hasQuotes = dialect.hasQuotes() && first != dialect.comment();
    long end = end(next, hasQuotes);
    boolean isOpen = end < 0;
    if (isOpen) {
      end = end(next, false);
    }
    Optional<String> fault =
        isOpen ? Optional.of("a quote of the line has no end") : Optional.empty();
    hold(
        window.copy(next, end), line, next, Cutter.tooLong("the line", end - next).or(() -> fault));
    next = behindEnd(end);
    return true;
  }

  /**
   * Where the record ends; -1 where a quote does not, or not where it could.
   *
   * @param hasQuotes whether what stands in quotes ends nothing
   */
  private long end(long from, boolean hasQuotes) throws IOException {
    boolean isStart = true;
    for (long at = from; ; at++) {
      int letter = window.at(at);
      if (letter < 0 || isLineEnd(letter)) {
        return at;
      }
      if (hasQuotes && isStart && stands(quote, at)) {
        long behind = behindQuotes(at + quote.length);
        if (behind < 0) {
          return -1;
        }
        at = behind - 1;
        isStart = false;
      } else if (stands(separator, at)) {
        at += separator.length - 1;
        isStart = true;
      } else {
        isStart = isStart && dialect.skipsBlanks() && letter == ' ';
      }
    }
  }

  private static boolean isLineEnd(int letter) {
    return letter == '\n' || letter == '\r';
  }

  /** Behind the closing quote of a value; -1 where there is none that could be it. */
  private long behindQuotes(long from) throws IOException {
    boolean spansLines = false;
    for (long at = from; at - from <= LONGEST; at++) {
      int letter = window.at(at);
      if (letter < 0) {
        return -1;
      }
      spansLines |= isLineEnd(letter);
      if (dialect.escapeOfEscape() != 0 && stands(escapedEscape, at)) {
        at += escapedEscape.length - 1;
      } else if (stands(escapedQuote, at)) {
        at += escapedQuote.length - 1;
      } else if (stands(quote, at)) {
        long behind = at + quote.length;
        // Else two lines that each lost a quote would pass for one.
        return spansLines && !endsValue(behind) ? -1 : behind;
      }
    }
    return -1;
  }

  private boolean endsValue(long at) throws IOException {
    int letter = window.at(at);
    return letter < 0 || isLineEnd(letter) || letter == ' ' || stands(separator, at);
  }

  private boolean stands(byte[] text, long at) throws IOException {
    for (int i = 0; i < text.length; i++) {
      if (window.at(at + i) != (text[i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  private long behindEnd(long end) throws IOException {
    if (window.at(end) < 0) {
      return end;
    }
    return window.at(end) == '\r' && window.at(end + 1) == '\n' ? end + 2 : end + 1;
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
