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

  /** What the walk found. */
  record Result(
      String mended,
      Map<String, Integer> lines,
      List<Finding> findings,
      List<Variable> variables) {}

  record Finding(int line, String path, String message) {}

  /** A required {@code ${name}}. */
  record Variable(String name, int line, String path) {}

  private final Cursor cursor;
  private final Mending mending;
  private final ScalarScan scalars;
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final Map<String, Integer> assigned = new HashMap<>();

  private Scan(String text) {
    cursor = new Cursor(text);
    mending = new Mending(text);
    scalars = new ScalarScan(cursor, mending);
  }

  static Result of(String text) {
    Scan scan = new Scan(text);
    scan.cursor.skipBlank();
    boolean braced = scan.cursor.peek() == '{';
    if (braced) {
      scan.cursor.skip(1);
    }
    scan.body("", braced);
    return new Result(
        scan.mending.mended(), scan.lines, scan.mending.findings(), scan.scalars.variables());
  }

  private void body(String path, boolean braced) {
    while (true) {
      cursor.skipBlank();
      if (cursor.atEnd()) {
        return;
      }
      if (cursor.peek() == '}') {
        if (braced) {
          cursor.skip(1);
        } else {
          cursor.skipAll();
        }
        return;
      }
      int keyLine = cursor.line();
      List<String> words = key();
      if (words.isEmpty()) {
        cursor.skipLine();
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
    cursor.skipSpaces();
    if (word.startsWith("include ") || word.equals("include") && cursor.peek() != '=') {
      mending.find(
          keyLine,
          "",
          "include is not read here; write the settings out, or put what all jobs share under"
              + " defaults in conf/lake.conf");
      cursor.skipLine();
      mending.replace(cursor.lineStart(), cursor.at(), "");
    } else if (cursor.peek() == '{') {
      cursor.skip(1);
      body(full, true);
    } else if (cursor.peek() == '=' || cursor.peek() == ':') {
      cursor.skip(1);
      value(full, word, false);
    } else if (cursor.isAt("+=")) {
      cursor.skip(2);
      value(full, word, true);
    } else {
      cursor.skipLine();
    }
  }

  private List<String> key() {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    while (!cursor.atEnd() && "=:{+,}\n#".indexOf(cursor.peek()) < 0) {
      char c = cursor.peek();
      if (c == '"') {
        int from = cursor.at();
        cursor.skipQuoted();
        String quoted = cursor.since(from);
        word.append(quoted, 1, Math.max(1, quoted.length() - 1));
      } else {
        cursor.skip(1);
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
    cursor.skipSpaces();
    while (cursor.peek() == '\n') {
      cursor.skipBlank();
    }
    if (cursor.peek() == '{') {
      cursor.skip(1);
      body(path, true);
      return;
    }
    if (!added && !cursor.isAt("${?")) {
      Integer first = assigned.putIfAbsent(path, cursor.line());
      if (first != null) {
        mending.find(
            cursor.line(), path, "written twice, first on line %d; keep one".formatted(first));
      }
    }
    if (cursor.peek() == '[') {
      cursor.skip(1);
      list(path, word);
    } else {
      scalars.walk(path, word);
    }
  }

  private void list(String path, String word) {
    for (int index = 0; ; index++) {
      cursor.skipBlank();
      if (cursor.atEnd()) {
        return;
      }
      if (cursor.peek() == ']') {
        cursor.skip(1);
        return;
      }
      String element = path + "[" + index + "]";
      lines.putIfAbsent(element, cursor.line());
      int before = cursor.at();
      if (cursor.peek() == '{') {
        cursor.skip(1);
        body(element, true);
      } else if (cursor.peek() == '[') {
        cursor.skip(1);
        list(element, word);
      } else {
        scalars.walk(element, word);
      }
      if (cursor.at() == before) {
        cursor.skip(1);
      }
    }
  }
}
