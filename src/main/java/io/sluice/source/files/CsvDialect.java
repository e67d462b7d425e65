package io.sluice.source.files;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How fields stand in a line; enough to name columns and to say what is wrong with a line. */
record CsvDialect(
    String separator,
    char quote,
    char escape,
    char escapeOfEscape,
    char comment,
    boolean hasHeader,
    boolean isMultiLine,
    boolean skipsBlanks,
    String lineEnd,
    String encoding)
    implements Serializable {

  private static final char NONE = '\0';

  static CsvDialect of(Map<String, String> given) {
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.putAll(given);
    String separator = options.getOrDefault("sep", options.getOrDefault("delimiter", ","));
    String encoding = options.getOrDefault("encoding", options.getOrDefault("charset", "UTF-8"));
    char quote = character(options.get("quote"), '"');
    char escape = character(options.get("escape"), '"');
    return new CsvDialect(
        separator.equals("\\t") ? "\t" : separator,
        quote,
        escape,
        character(options.get("charToEscapeQuoteEscaping"), escape == quote ? NONE : escape),
        character(options.get("comment"), NONE),
        Boolean.parseBoolean(options.getOrDefault("header", "false")),
        Boolean.parseBoolean(options.getOrDefault("multiLine", "false")),
        Boolean.parseBoolean(options.getOrDefault("ignoreLeadingWhiteSpace", "false")),
        options.getOrDefault("lineSep", ""),
        encoding);
  }

  private static char character(@org.jspecify.annotations.Nullable String text, char otherwise) {
    return text == null ? otherwise : text.isEmpty() ? NONE : text.charAt(0);
  }

  /** Whether a line begins there: a quote at such a place opens a value. */
  boolean hasQuotes() {
    return quote != NONE;
  }

  /** A line's fields. */
  record Fields(List<String> values, boolean isOpen) {}

  /** Takes a line apart; open where a quote has no end. */
  Fields split(String line) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (isQuoted) {
        char next = i + 1 < line.length() ? line.charAt(i + 1) : NONE;
        if (c == escapeOfEscape && c != NONE && next == escape
            || c == escape && next == quote && next != NONE) {
          value.append(next);
          i++;
        } else if (c == quote) {
          isQuoted = false;
        } else {
          value.append(c);
        }
      } else if (c == quote && quote != NONE && value.isEmpty()) {
        isQuoted = true;
      } else if (line.startsWith(separator, i)) {
        values.add(value.toString());
        value.setLength(0);
        i += separator.length() - 1;
      } else {
        value.append(c);
      }
    }
    values.add(value.toString());
    return new Fields(values, isQuoted);
  }

  boolean isComment(String line) {
    return comment != NONE && !line.isEmpty() && line.charAt(0) == comment;
  }

  /** Why a line does not fit so many columns. */
  String fault(String line, int columns) {
    Fields fields = split(line);
    if (fields.isOpen()) {
      return "a quote of the line has no end; multiLine = true reads values that span lines";
    }
    return "line has %d field%s, the %s has %d"
        .formatted(
            fields.values().size(),
            fields.values().size() == 1 ? "" : "s",
            hasHeader ? "header" : "first line",
            columns);
  }
}
