package io.sluice.source.weblog;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How a line is put together: texts that are always there, and values between them.
 *
 * @param end what stands after the last value
 */
record LogForm(ArrayList<Piece> pieces, String end) implements Serializable {

  /**
   * A value, and the text before it.
   *
   * @param name of the column, for people
   * @param inside what such a value has in it that might be taken for its end
   */
  record Piece(String before, String name, LogValue value, String inside) implements Serializable {
    byte[] bytesBefore() {
      return before.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** What a format is put together with. */
  static final class Builder {
    private final ArrayList<Piece> pieces = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    void literal(String text) {
      literal.append(text);
    }

    /**
     * @throws IllegalArgumentException where nothing parts it from the value before
     */
    void value(String name, LogValue value) {
      value(name, value, "");
    }

    void value(String name, LogValue value, String inside) {
      if (!pieces.isEmpty() && literal.isEmpty()) {
        throw new IllegalArgumentException(
            "nothing stands between %s and %s, so nobody can tell where one ends"
                .formatted(pieces.get(pieces.size() - 1).name(), name));
      }
      pieces.add(new Piece(literal.toString(), name, value, inside));
      literal.setLength(0);
    }

    LogForm build() {
      return new LogForm(pieces, literal.toString());
    }
  }

  List<byte[]> literals() {
    List<byte[]> literals = new ArrayList<>();
    pieces.forEach(piece -> literals.add(piece.bytesBefore()));
    literals.add(end.getBytes(StandardCharsets.UTF_8));
    return literals;
  }
}
