package io.sluice.sql;

import io.sluice.sql.ParsedSql.TableReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.FunctionNameContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.IdentifierReferenceContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.NamedParameterLiteralContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.NamedQueryContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.QueryContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.SingleStatementContext;

/** One walk over the tree of a statement: the tables and parameters it names, its fingerprint. */
final class SqlFacts {
  /** The relation of the task's intervals; the engine provides it. */
  static final String INTERVALS = "intervals";

  private final int firstLine;
  private final Map<String, TableReference> tables = new LinkedHashMap<>();
  private final Set<String> parameters = new TreeSet<>();
  private final StringBuilder words = new StringBuilder();

  private SqlFacts(int firstLine) {
    this.firstLine = firstLine;
  }

  static SqlFacts of(SingleStatementContext statement, int firstLine) {
    SqlFacts facts = new SqlFacts(firstLine);
    facts.walk(statement.statement(), Set.of());
    return facts;
  }

  List<TableReference> tables() {
    return new ArrayList<>(tables.values());
  }

  Set<String> parameters() {
    return parameters;
  }

  String fingerprint() {
    try {
      byte[] bytes = words.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * @param ctes names that stand for sub-queries here, in lower case
   */
  private void walk(ParseTree node, Set<String> ctes) {
    if (node instanceof TerminalNode word) {
      addWord(word);
    } else if (node instanceof QueryContext query && query.ctes() != null) {
      walkWith(query, ctes);
    } else {
      if (node instanceof IdentifierReferenceContext reference) {
        addTable(reference, ctes);
      } else if (node instanceof NamedParameterLiteralContext parameter) {
        parameters.add(parameter.identifier().getText());
      }
      for (int i = 0; i < node.getChildCount(); i++) {
        walk(node.getChild(i), ctes);
      }
    }
  }

  /** A query of a WITH sees the names before it, not its own. */
  private void walkWith(QueryContext query, Set<String> outer) {
    Set<String> seen = new HashSet<>(outer);
    for (int i = 0; i < query.ctes().getChildCount(); i++) {
      ParseTree child = query.ctes().getChild(i);
      walk(child, seen);
      if (child instanceof NamedQueryContext named) {
        seen.add(named.name.getText().toLowerCase(Locale.ROOT));
      }
    }
    for (int i = 1; i < query.getChildCount(); i++) {
      walk(query.getChild(i), seen);
    }
  }

  private void addTable(IdentifierReferenceContext reference, Set<String> ctes) {
    int line = firstLine + reference.getStart().getLine() - 1;
    if (reference.multipartIdentifier() == null) {
      throw new SqlProblem(
          line, "IDENTIFIER(..) hides which table is read; write the table's name with its layer");
    }
    String name =
        String.join(
            ".",
            reference.multipartIdentifier().parts.stream()
                .map(ParserRuleContext::getText)
                .toList());
    String folded = name.toLowerCase(Locale.ROOT);
    if (!folded.equals(INTERVALS) && !ctes.contains(folded)) {
      tables.putIfAbsent(folded, new TableReference(name, line));
    }
  }

  /** Case counts in names and strings, not in keywords and functions. */
  private void addWord(TerminalNode word) {
    Token token = word.getSymbol();
    boolean isName = token.getType() == SqlBaseLexer.IDENTIFIER && !isFunction(word);
    boolean isString = token.getType() == SqlBaseLexer.STRING_LITERAL;
    String text = token.getText();
    words.append(isName ? '`' : ' ');
    words.append(isName || isString ? text : text.toUpperCase(Locale.ROOT)).append('\n');
  }

  private static boolean isFunction(ParseTree word) {
    ParseTree parent = word.getParent();
    while (parent != null && parent.getChildCount() == 1) {
      if (parent instanceof FunctionNameContext) {
        return true;
      }
      parent = parent.getParent();
    }
    return false;
  }
}
