package io.sluice.sql;

import java.util.List;
import java.util.Set;

/**
 * One SELECT statement, parsed.
 *
 * @param text as it is given to Spark
 * @param firstLine line of the file at which the text starts, from 1
 * @param tables the tables it reads, CTEs left out, each once, in order of appearance
 * @param parameters names used as {@code :name}
 * @param fingerprint SHA-256, hex, of the parsed form: not of comments, white space or letter case
 *     of keywords
 */
public record ParsedSql(
    String text,
    int firstLine,
    List<TableReference> tables,
    Set<String> parameters,
    String fingerprint) {

  public ParsedSql {
    tables = List.copyOf(tables);
    parameters = Set.copyOf(parameters);
  }

  /**
   * A table as it is named.
   *
   * @param name parts joined by dots
   * @param line line of the file, from 1
   */
  public record TableReference(String name, int line) {}
}
