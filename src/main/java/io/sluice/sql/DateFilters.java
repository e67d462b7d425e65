package io.sluice.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.NamedParameter;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;

/** Finds date filters that the engine applies already. */
public final class DateFilters {
  private static final Set<String> NOW =
      Set.of("current_date", "curdate", "current_timestamp", "now", "localtimestamp");

  private final int firstLine;
  private final Map<String, String> cutColumns = new HashMap<>();
  private final List<Hint> hints = new ArrayList<>();

  private DateFilters(int firstLine, Map<String, String> cutColumns) {
    this.firstLine = firstLine;
    cutColumns.forEach((table, column) -> this.cutColumns.put(Scala.fold(table), column));
  }

  /**
   * @param cutColumns by table, as the SQL names it; of the inputs that arrive cut to the interval
   */
  public static List<Hint> find(ParsedSql sql, Map<String, String> cutColumns) {
    DateFilters filters = new DateFilters(sql.firstLine(), cutColumns);
    filters.walk(SqlReader.parse(sql).plan());
    return List.copyOf(filters.hints);
  }

  private void walk(LogicalPlan plan) {
    if (plan instanceof Filter filter) {
      Map<String, String> names = new HashMap<>();
      tables(filter.child(), Set.of(), names);
      Conditions.conjuncts(filter.condition()).forEach(part -> look(part, names));
    } else if (plan instanceof UnresolvedWith with) {
      with.cteRelations().foreach(cte -> walkCte(cte._2()));
    }
    Scala.<LogicalPlan>list(plan.children()).forEach(this::walk);
    Scala.<Expression>list(plan.expressions()).forEach(this::walkQueries);
  }

  private Object walkCte(SubqueryAlias cte) {
    walk(cte);
    return cte;
  }

  private void walkQueries(Expression expression) {
    if (expression instanceof SubqueryExpression query) {
      walk(query.plan());
    }
    Scala.<Expression>list(expression.children()).forEach(this::walkQueries);
  }

  /** Names under which the cut columns of the tables directly below can be written. */
  private void tables(LogicalPlan plan, Set<String> aliases, Map<String, String> names) {
    if (plan instanceof UnresolvedRelation relation) {
      List<String> parts = Scala.names(relation.multipartIdentifier());
      String table = String.join(".", parts);
      String column = cutColumns.get(table);
      if (column != null) {
        Set<String> qualifiers = new HashSet<>(aliases);
        if (aliases.isEmpty()) {
          qualifiers.add(table);
          qualifiers.add(parts.get(parts.size() - 1));
        }
        names.put(Scala.fold(column), table);
        qualifiers.forEach(qualifier -> names.put(qualifier + "." + Scala.fold(column), table));
      }
    } else if (plan instanceof SubqueryAlias alias
        && alias.child() instanceof UnresolvedRelation table) {
      tables(table, Set.of(Scala.fold(alias.identifier().name())), names);
    } else if (plan instanceof org.apache.spark.sql.catalyst.plans.logical.Join) {
      Scala.<LogicalPlan>list(plan.children()).forEach(side -> tables(side, Set.of(), names));
    }
  }

  private void look(Expression condition, Map<String, String> names) {
    boolean compares = condition instanceof BinaryComparison || condition instanceof In;
    if (!compares) {
      return;
    }
    List<Expression> sides = Scala.list(condition.children());
    for (Expression side : sides) {
      String table =
          side instanceof UnresolvedAttribute attribute
              ? names.get(String.join(".", Scala.names(attribute.nameParts())))
              : null;
      if (table != null && sides.stream().allMatch(other -> other == side || isTime(other))) {
        hints.add(
            new Hint(
                firstLine + Scala.line(condition) - 1,
                "%s arrives cut to the interval already; leave out this filter on %s"
                    .formatted(table, ((UnresolvedAttribute) side).name())));
        return;
      }
    }
  }

  /** Whether a value is known without a row: a literal, :from and :to, today. */
  private static boolean isTime(Expression value) {
    if (value instanceof NamedParameter parameter) {
      return parameter.name().equals("from") || parameter.name().equals("to");
    }
    if (value instanceof UnresolvedAttribute attribute) {
      return NOW.contains(Scala.fold(attribute.name()));
    }
    return !(value instanceof SubqueryExpression)
        && Scala.<Expression>list(value.children()).stream().allMatch(DateFilters::isTime);
  }
}
