package io.sluice.sql;

/** SQL that no job can be made of: what is wrong, where, and what to do. */
public final class SqlProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  /**
   * @param line line of the file, from 1
   */
  public SqlProblem(int line, String message) {
    super(message);
    this.line = line;
  }

  public int line() {
    return line;
  }
}
