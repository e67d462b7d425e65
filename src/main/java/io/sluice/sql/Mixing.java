package io.sluice.sql;

/** Found on the way through a plan: an operator at which intervals could mix. */
final class Mixing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  /**
   * @param line line of the text, from 1
   * @param reason with {@code {line}} where the line of the file belongs, and {@code {column}} for
   *     the interval column
   */
  Mixing(int line, String reason) {
    super(reason, null, false, false);
    this.line = line;
  }

  int line() {
    return line;
  }

  /** The reason with the line of the file. */
  String inLine(int firstLine) {
    return String.valueOf(getMessage()).replace("{line}", String.valueOf(firstLine + line - 1));
  }
}
