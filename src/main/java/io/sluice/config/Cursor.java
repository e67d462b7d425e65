package io.sluice.config;

/** A place in HOCON text that moves on, and knows its line. */
final class Cursor {
  private final String text;
  private int at;
  private int line = 1;

  Cursor(String text) {
    this.text = text;
  }

  int at() {
    return at;
  }

  int line() {
    return line;
  }

  int lineStart() {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  char peek() {
    return atEnd() ? '\0' : text.charAt(at);
  }

  boolean isAt(String word) {
    return text.startsWith(word, at);
  }

  boolean isAtComment() {
    return peek() == '#' || isAt("//");
  }

  /** The text from a place to here. */
  String since(int start) {
    return text.substring(start, at);
  }

  /** Moves on over characters of one line. */
  void skip(int characters) {
    at = Math.min(text.length(), at + characters);
  }

  void skipBlank() {
    while (!atEnd()) {
      char c = peek();
      if (isAtComment()) {
        skipLine();
      } else if (c == ',' || Character.isWhitespace(c)) {
        line += c == '\n' ? 1 : 0;
        at++;
      } else {
        return;
      }
    }
  }

  void skipSpaces() {
    while (!atEnd() && peek() != '\n' && Character.isWhitespace(peek())) {
      at++;
    }
  }

  void skipLine() {
    while (!atEnd() && peek() != '\n') {
      at++;
    }
  }

  void skipAll() {
    at = text.length();
  }

  /** Moves on over a text in quotes, one or three. */
  void skipQuoted() {
    if (isAt("\"\"\"")) {
      int start = at;
      int close = text.indexOf("\"\"\"", at + 3);
      at = close < 0 ? text.length() : close + 3;
      while (peek() == '"') {
        at++;
      }
      line += (int) since(start).chars().filter(c -> c == '\n').count();
      return;
    }
    at++;
    while (!atEnd() && peek() != '"' && peek() != '\n') {
      at += peek() == '\\' ? 2 : 1;
    }
    at = Math.min(text.length(), peek() == '"' ? at + 1 : at);
  }

  /** From a place on, what the writer will have meant to be one value. */
  String valueFrom(int start) {
    int braces = 0;
    int parentheses = 0;
    int end = start;
    for (; end < text.length() && text.charAt(end) != '\n'; end++) {
      char c = text.charAt(end);
      boolean comment = c == '#' || text.startsWith("//", end);
      if (comment && end > start && Character.isWhitespace(text.charAt(end - 1))
          || c == ',' && braces == 0 && parentheses <= 0
          || (c == '}' || c == ']') && braces == 0) {
        break;
      }
      braces += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return text.substring(start, end).stripTrailing();
  }
}
