package io.sluice.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementDefaultContext;

/** Reads the one SELECT that a job is. */
public final class SqlReader {
  private static final Set<Integer> WRITES =
      Set.of(SqlBaseLexer.INSERT, SqlBaseLexer.UPDATE, SqlBaseLexer.DELETE, SqlBaseLexer.MERGE);

  private SqlReader() {}

  /**
   * @param firstLine line of the file at which the text starts, from 1
   * @throws SqlProblem if it is not one SELECT that Spark can parse
   */
  public static ParsedSql read(String text, int firstLine) {
    List<Token> words = Words.of(text);
    Token last = lastOfFirstStatement(words, firstLine);
    String statement = text.substring(0, text.offsetByCodePoints(0, last.getStopIndex() + 1));
    ParsedText parsed = parse(text, firstLine);
    if (!(parsed.tree().statement() instanceof StatementDefaultContext)) {
      throw notASelect(words, firstLine);
    }
    SqlFacts facts = SqlFacts.of(parsed.tree(), firstLine);
    return new ParsedSql(
        statement, firstLine, facts.tables(), facts.parameters(), facts.fingerprint());
  }

  /** What {@link #read} accepted, parsed again. */
  static ParsedText parse(ParsedSql sql) {
    return parse(sql.text(), sql.firstLine());
  }

  private static ParsedText parse(String text, int firstLine) {
    try {
      return ParsedText.of(text);
    } catch (Exception e) {
      throw ParseProblems.explain(e, text, firstLine);
    }
  }

  private static Token lastOfFirstStatement(List<Token> words, int firstLine) {
    Token last = null;
    boolean ended = false;
    for (Token word : words) {
      if (word.getType() == SqlBaseLexer.SEMICOLON) {
        ended = last != null;
      } else if (ended) {
        throw new SqlProblem(
            firstLine + word.getLine() - 1,
            "a second statement begins here; a job is one SELECT: keep one, and use WITH for steps"
                + " before it");
      } else {
        last = word;
      }
    }
    if (last == null) {
      throw new SqlProblem(
          firstLine, "there is no SQL; write the SELECT that makes the table's rows");
    }
    return last;
  }

  private static SqlProblem notASelect(List<Token> words, int firstLine) {
    Token verb =
        words.stream()
            .filter(word -> WRITES.contains(word.getType()))
            .findFirst()
            .orElse(words.get(0));
    return new SqlProblem(
        firstLine + verb.getLine() - 1,
        ("a job is one SELECT, not %s; write only the query, its rows go to the table the file is"
                + " named after")
            .formatted(verb.getText().toUpperCase(Locale.ROOT)));
  }
}
