package io.sluice.source.xml;

import io.sluice.source.records.ByteWindow;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds one tag after the other; comments, character data and instructions hold none. It does not
 * mind whether they fit together.
 */
final class XmlTags {

  private final ByteWindow window;
  private long at;

  /**
   * @param at where to begin
   */
  XmlTags(ByteWindow window, long at) {
    this.window = window;
    this.at = at;
  }

  /** What a tag does. */
  enum Kind {
    OPENS,
    CLOSES,
    BOTH
  }

  /**
   * @param from position of its {@code <}
   * @param to position behind its {@code >}
   */
  record Tag(Kind kind, String name, long from, long to) {}

  long at() {
    return at;
  }

  /** Goes on from there. */
  void goTo(long position) {
    at = position;
  }

  /** Empty where no whole tag follows. */
  Optional<Tag> next() throws IOException {
    while (true) {
      long from = window.find('<', at);
      if (from < 0) {
        return Optional.empty();
      }
      int letter = window.at(from + 1);
      if (letter == '!' || letter == '?') {
        long behind = behindOther(from, letter);
        if (behind < 0) {
          return Optional.empty();
        }
        at = behind;
      } else if (letter == '/') {
        return closing(from);
      } else if (isName(letter)) {
        return opening(from);
      } else if (letter < 0) {
        return Optional.empty();
      } else {
        // No tag; whoever reads the element will say so.
        at = from + 1;
      }
    }
  }

  private long behindOther(long from, int letter) throws IOException {
    if (letter == '?') {
      return window.behind("?>", from + 2);
    }
    if (window.stands("<!--", from)) {
      return window.behind("-->", from + 4);
    }
    if (window.stands("<![CDATA[", from)) {
      return window.behind("]]>", from + 9);
    }
    return behindDeclaration(from + 2);
  }

  /** A document's type may hold declarations of its own, in brackets. */
  private long behindDeclaration(long from) throws IOException {
    boolean isInside = false;
    for (long position = from; ; position++) {
      int letter = window.at(position);
      if (letter < 0) {
        return -1;
      }
      if (letter == '[' || letter == ']') {
        isInside = letter == '[';
      } else if (letter == '>' && !isInside) {
        return position + 1;
      }
    }
  }

  private Optional<Tag> closing(long from) throws IOException {
    long close = window.find('>', from + 2);
    if (close < 0) {
      return Optional.empty();
    }
    at = close + 1;
    return Optional.of(new Tag(Kind.CLOSES, window.text(from + 2, close).strip(), from, at));
  }

  private Optional<Tag> opening(long from) throws IOException {
    long nameEnd = from + 1;
    while (isName(window.at(nameEnd))) {
      nameEnd++;
    }
    int quote = 0;
    for (long position = nameEnd; ; position++) {
      int letter = window.at(position);
      if (letter < 0) {
        return Optional.empty();
      }
      if (quote == 0 && (letter == '"' || letter == '\'')) {
        quote = letter;
      } else if (letter == quote) {
        quote = 0;
      } else if (quote != 0 && letter == '<') {
        // No value holds that: the quote before it was never closed.
        at = position;
        return Optional.of(new Tag(Kind.OPENS, window.text(from + 1, nameEnd), from, position));
      } else if (quote == 0 && letter == '>') {
        at = position + 1;
        Kind kind = window.at(position - 1) == '/' ? Kind.BOTH : Kind.OPENS;
        return Optional.of(new Tag(kind, window.text(from + 1, nameEnd), from, at));
      }
    }
  }

  private static boolean isName(int letter) {
    return letter >= 'a' && letter <= 'z'
        || letter >= 'A' && letter <= 'Z'
        || letter >= '0' && letter <= '9'
        || letter == ':'
        || letter == '_'
        || letter == '-'
        || letter == '.'
        || letter >= 0x80;
  }
}
