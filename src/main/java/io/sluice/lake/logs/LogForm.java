package io.sluice.lake.logs;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How a line of a log is put together: texts that are always there, and values between them.
 *
 * @param end what stands after the last value
 */
public record LogForm(ArrayList<Piece> pieces, String end) implements Serializable {

  static final String COMMON = "%h %l %u %t \"%r\" %>s %b";
  private static final String COMBINED = COMMON + " \"%{Referer}i\" \"%{User-Agent}i\"";

  /**
   * A value, and the text before it.
   *
   * @param name for people
   * @param detail the column of a text, the pattern of a written time
   * @param inside what such a value has in it that might be taken for its end
   */
  public record Piece(String before, String name, LogItem item, String detail, String inside)
      implements Serializable {

    public List<String> columns() {
      return item == LogItem.TEXT ? List.of(detail) : item.columns();
    }
  }

  /**
   * Takes a format apart.
   *
   * @param format a name, or what Apache or nginx has in its configuration
   * @throws IllegalArgumentException where it can't be meant
   */
  public static LogForm parse(String format) {
    LogForm form =
        switch (format) {
          case "common" -> ApacheForm.parse(COMMON);
          case "combined" -> ApacheForm.parse(COMBINED);
          default -> format.contains("$") ? NginxForm.parse(format) : ApacheForm.parse(format);
        };
    if (form.pieces().isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' has no value in it; write it as in the server's configuration, as %s"
              .formatted(format, COMMON));
    }
    return form;
  }

  /** In the order in which a line has them. */
  public List<String> columns() {
    return pieces.stream().flatMap(piece -> piece.columns().stream()).toList();
  }

  /** What stands before, between and after the values. */
  public List<byte[]> literals() {
    List<byte[]> literals = new ArrayList<>();
    pieces.forEach(piece -> literals.add(piece.before().getBytes(StandardCharsets.UTF_8)));
    literals.add(end.getBytes(StandardCharsets.UTF_8));
    return literals;
  }

  /** What a format is put together with. */
  static final class Builder {
    private final ArrayList<Piece> pieces = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    void literal(String text) {
      literal.append(text);
    }

    void text(String name, String column) {
      value(name, LogItem.TEXT, column, "");
    }

    void value(String name, LogItem item) {
      value(name, item, "", "");
    }

    /**
     * @throws IllegalArgumentException where nothing parts it from the value before, or there is
     *     one for its column already
     */
    void value(String name, LogItem item, String detail, String inside) {
      if (!pieces.isEmpty() && literal.isEmpty()) {
        throw new IllegalArgumentException(
            "nothing stands between %s and %s, so nobody can tell where one ends; put a blank between them, here and in the server's configuration"
                .formatted(pieces.get(pieces.size() - 1).name(), name));
      }
      Piece piece = new Piece(literal.toString(), name, item, detail, inside);
      for (String column : piece.columns()) {
        if (columns.contains(column)) {
          throw new IllegalArgumentException(
              "it has two values for %s; leave one of them out, here and in the server's configuration"
                  .formatted(column));
        }
        columns.add(column);
      }
      pieces.add(piece);
      literal.setLength(0);
    }

    LogForm build() {
      return new LogForm(pieces, literal.toString());
    }
  }
}
