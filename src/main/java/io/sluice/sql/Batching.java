package io.sluice.sql;

import io.sluice.sql.Column.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/** Finds out whether days made by one task of some SQL can mix. */
public final class Batching {
  private static final List<String> SPAN = List.of("from", "to");

  private Batching() {}

  /**
   * Same as {@link #analyse(ParsedSql, Map, Map, Optional)} for SQL that reads no views.
   *
   * @param inputs by the name that the SQL uses
   */
  public static BatchVerdict analyse(
      ParsedSql sql, Map<String, InputShape> inputs, Optional<String> intervalColumn) {
    return analyse(sql, inputs, Map.of(), intervalColumn);
  }

  /**
   * Says yes only where the rows of an interval are the same however many intervals are made with
   * it; where it cannot tell, it says no and names the operator.
   *
   * @param inputs by the name that the SQL uses, those that its views read included
   * @param views SQL that stands for a name, by that name
   * @param intervalColumn the output column that says which interval a row belongs to
   */
  public static BatchVerdict analyse(
      ParsedSql sql,
      Map<String, InputShape> inputs,
      Map<String, ParsedSql> views,
      Optional<String> intervalColumn) {
    if (intervalColumn.isEmpty()) {
      return new BatchVerdict(false, "the table knows no intervals", sql.firstLine());
    }
    String column = intervalColumn.get();
    try {
      mustNotUseSpan(sql);
      Relation rows =
          new PlanWalk(new Sources(inputs, views)).walk(SqlReader.parse(sql).plan(), Scope.TOP);
      mustCarry(rows, column);
      return new BatchVerdict(
          true, "each operator keeps the values of %s apart".formatted(column), sql.firstLine());
    } catch (Mixing e) {
      String reason = e.inLine(sql.firstLine()).replace("{column}", column);
      return new BatchVerdict(false, reason, sql.firstLine() + e.line() - 1);
    }
  }

  static void mustNotUseSpan(ParsedSql sql) {
    List<Token> words = Words.of(sql.text());
    for (int i = 1; i < words.size(); i++) {
      String name = words.get(i).getText();
      if (words.get(i - 1).getType() == SqlBaseLexer.COLON
          && SPAN.contains(name)
          && sql.parameters().contains(name)) {
        throw new Mixing(
            words.get(i).getLine(),
            ":%s at line {line} is of the whole task; join the relation intervals instead"
                .formatted(name));
      }
    }
  }

  private static void mustCarry(Relation rows, String column) {
    PlanWalk.mustNotBeLoose(rows);
    PlanWalk.mustNotDependOnTask(rows, 1);
    Role role = rows.role(List.of(Scala.fold(column)));
    if (!rows.isSplit() || role != Role.INTERVAL) {
      throw new Mixing(
          1,
          role == Role.MAYBE_INTERVAL
              ? "{column} of the result may be NULL: it comes from the side of an outer join that"
                  + " may be missing"
              : "{column} of the result cannot be traced to the interval column of a cut input or"
                  + " of the relation intervals; select it by name, unchanged");
    }
  }
}
