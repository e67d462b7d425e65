package io.sluice.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks HOCON text before HOCON does: finds what HOCON would cut, split or override without a word,
 * or refuse with a message that helps nobody, and where each key stands.
 */
final class Scan {
  private static final String RESERVED = "{[:=+*?!@&\\^`$";

  /** What the walk found. */
  record Result(
      String mended,
      Map<String, Integer> lines,
      List<Finding> findings,
      List<Variable> variables) {}

  record Finding(int line, String path, String message) {}

  /** A required {@code ${name}}. */
  record Variable(String name, int line, String path) {}

  private final String text;
  private final StringBuilder mended = new StringBuilder();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final Map<String, Integer> assigned = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();
  private int at;
  private int copied;
  private int line = 1;

  private Scan(String text) {
    this.text = text;
  }

  static Result of(String text) {
    Scan scan = new Scan(text);
    scan.skipBlank();
    boolean braced = scan.peek() == '{';
    if (braced) {
      scan.at++;
    }
    scan.body("", braced);
    scan.mended.append(text, scan.copied, text.length());
    return new Result(scan.mended.toString(), scan.lines, scan.findings, scan.variables);
  }

  private void body(String path, boolean braced) {
    while (true) {
      skipBlank();
      if (atEnd()) {
        return;
      }
      if (peek() == '}') {
        if (braced) {
          at++;
        } else {
          at = text.length();
        }
        return;
      }
      int keyLine = line;
      List<String> words = key();
      if (words.isEmpty()) {
        skipLine();
        continue;
      }
      String full = path;
      for (String word : words) {
        full = full.isEmpty() ? word : full + "." + word;
        lines.putIfAbsent(full, keyLine);
      }
      entry(full, words.get(words.size() - 1), keyLine);
    }
  }

  private void entry(String full, String word, int keyLine) {
    skipSpaces();
    if (word.startsWith("include ") || word.equals("include") && peek() != '=') {
      find(
          keyLine,
          "",
          "include is not read here; write the settings out, or put what all jobs share under"
              + " defaults in conf/lake.conf");
      skipLine();
      mend(text.lastIndexOf('\n', at - 1) + 1, at, "");
    } else if (peek() == '{') {
      at++;
      body(full, true);
    } else if (peek() == '=' || peek() == ':') {
      at++;
      value(full, word, false);
    } else if (text.startsWith("+=", at)) {
      at += 2;
      value(full, word, true);
    } else {
      skipLine();
    }
  }

  private List<String> key() {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    while (!atEnd() && "=:{+,}\n#".indexOf(peek()) < 0) {
      char c = peek();
      if (c == '"') {
        int from = at;
        quoted();
        word.append(text, from + 1, Math.max(from + 1, at - 1));
      } else {
        at++;
        if (c == '.') {
          words.add(word.toString().strip());
          word.setLength(0);
        } else {
          word.append(c);
        }
      }
    }
    if (!word.toString().isBlank()) {
      words.add(word.toString().strip());
    }
    return words;
  }

  private void value(String path, String word, boolean added) {
    skipSpaces();
    while (peek() == '\n') {
      skipBlank();
    }
    if (peek() == '{') {
      at++;
      body(path, true);
      return;
    }
    if (!added && !text.startsWith("${?", at)) {
      Integer first = assigned.putIfAbsent(path, line);
      if (first != null) {
        find(line, path, "written twice, first on line %d; keep one".formatted(first));
      }
    }
    if (peek() == '[') {
      at++;
      list(path, word);
    } else {
      scalar(path, word);
    }
  }

  private void list(String path, String word) {
    for (int index = 0; ; index++) {
      skipBlank();
      if (atEnd()) {
        return;
      }
      if (peek() == ']') {
        at++;
        return;
      }
      String element = path + "[" + index + "]";
      lines.putIfAbsent(element, line);
      int before = at;
      if (peek() == '{') {
        at++;
        body(element, true);
      } else if (peek() == '[') {
        at++;
        list(element, word);
      } else {
        scalar(element, word);
      }
      if (at == before) {
        at++;
      }
    }
  }

  private void scalar(String path, String word) {
    int start = at;
    int open = 0;
    boolean plain = false;
    while (!atEnd() && "\n,}]".indexOf(peek()) < 0) {
      char c = peek();
      if (isComment()) {
        if (!plain) {
          return;
        }
        String rest = extent(start).substring(at - start);
        trap(start, path, word, "HOCON takes '%s' for a comment and cuts it off".formatted(rest));
        return;
      }
      if (c == '"') {
        quotedPart(path, word);
        plain = false;
      } else if (text.startsWith("${", at)) {
        variable(path);
        plain = false;
      } else if (RESERVED.indexOf(c) >= 0) {
        trap(start, path, word, "the value has '%s' and is not in quotes".formatted(c));
        return;
      } else {
        open += c == '(' ? 1 : c == ')' ? -1 : 0;
        plain = !Character.isWhitespace(c);
        at++;
      }
    }
    if (peek() == ',' && open > 0) {
      trap(start, path, word, "a comma splits the value, which is not in quotes");
    }
  }

  private void quotedPart(String path, String word) {
    int from = at;
    quoted();
    String part = text.substring(from, at);
    int dollar = part.indexOf("${");
    int close = part.indexOf('}', dollar);
    if (dollar >= 0 && close > 0) {
      String before = part.substring(0, dollar);
      String after = part.substring(close + 1);
      String filled =
          (before.equals("\"") ? "" : before + "\"")
              + part.substring(dollar, close + 1)
              + (after.equals("\"") ? "" : "\"" + after);
      find(
          line,
          path,
          "HOCON fills in nothing inside quotes; write %s".formatted(written(path, word, filled)));
      mend(from, at, filled);
      variable(part.substring(dollar + 2, close), path);
    }
  }

  private void variable(String path) {
    int close = text.indexOf('}', at);
    int end = close < 0 ? text.length() : close + 1;
    variable(text.substring(at + 2, Math.max(at + 2, end - 1)), path);
    at = end;
  }

  private void variable(String inside, String path) {
    String name = inside.strip().replace("\"", "");
    if (!name.startsWith("?")) {
      variables.add(new Variable(name, line, path));
    }
  }

  private void trap(int start, String path, String word, String what) {
    String raw = extent(start);
    String quoted = quote(raw);
    find(line, path, "%s; write %s".formatted(what, written(path, word, quoted)));
    mend(start, start + raw.length(), quoted);
    at = start + raw.length();
  }

  private static String written(String path, String word, String quoted) {
    return path.endsWith("]") ? quoted : word + " = " + quoted;
  }

  private static String quote(String raw) {
    int fixed = raw.startsWith("${") ? raw.indexOf('}') + 1 : 0;
    String rest = raw.substring(fixed).replace("\\", "\\\\").replace("\"", "\\\"");
    return raw.substring(0, fixed) + "\"" + rest + "\"";
  }

  /** From here on, what the writer will have meant to be the value. */
  private String extent(int start) {
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

  private void quoted() {
    if (text.startsWith("\"\"\"", at)) {
      int close = text.indexOf("\"\"\"", at + 3);
      int end = close < 0 ? text.length() : close + 3;
      while (end < text.length() && text.charAt(end) == '"') {
        end++;
      }
      line += (int) text.substring(at, end).chars().filter(c -> c == '\n').count();
      at = end;
      return;
    }
    at++;
    while (!atEnd() && peek() != '"' && peek() != '\n') {
      at += peek() == '\\' ? 2 : 1;
    }
    at = Math.min(text.length(), peek() == '"' ? at + 1 : at);
  }

  private void skipBlank() {
    while (!atEnd()) {
      char c = peek();
      if (isComment()) {
        while (!atEnd() && peek() != '\n') {
          at++;
        }
      } else if (c == ',' || Character.isWhitespace(c)) {
        line += c == '\n' ? 1 : 0;
        at++;
      } else {
        return;
      }
    }
  }

  private void skipSpaces() {
    while (!atEnd() && peek() != '\n' && Character.isWhitespace(peek())) {
      at++;
    }
  }

  private void skipLine() {
    while (!atEnd() && peek() != '\n') {
      at++;
    }
  }

  private boolean isComment() {
    return peek() == '#' || text.startsWith("//", at);
  }

  private char peek() {
    return atEnd() ? '\0' : text.charAt(at);
  }

  private boolean atEnd() {
    return at >= text.length();
  }

  private void find(int where, String path, String message) {
    findings.add(new Finding(where, path, message));
  }

  private void mend(int from, int to, String replacement) {
    // What is in a part that is mended already is wrong twice; once is enough.
    if (from >= copied) {
      mended.append(text, copied, from).append(replacement);
      copied = to;
    }
  }
}
