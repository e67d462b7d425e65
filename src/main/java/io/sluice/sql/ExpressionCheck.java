package io.sluice.sql;

import io.sluice.sql.Column.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedStar;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.UnresolvedWindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;

/** Looks in an expression over some rows for what could mix intervals. */
final class ExpressionCheck {
  private final PlanWalk walk;
  private final Relation rows;
  private final Scope scope;

  ExpressionCheck(PlanWalk walk, Relation rows, Scope scope) {
    this.walk = walk;
    this.rows = rows;
    this.scope = scope;
  }

  void check(Expression expression) {
    check(expression, false);
  }

  /**
   * @param ordered whether the order of rows does not matter to what is around
   */
  private void check(Expression expression, boolean ordered) {
    if (expression instanceof WindowExpression window) {
      window(window.windowFunction(), window.windowSpec());
    } else if (expression instanceof UnresolvedWindowExpression window) {
      WindowSpecDefinition spec = scope.windows().get(Scala.fold(window.windowSpec().name()));
      if (spec == null) {
        throw new Mixing(Scala.line(window), "the window at line {line} is not defined");
      }
      window(window.child(), spec);
    } else if (expression instanceof InSubquery in) {
      in(in);
    } else if (expression instanceof SubqueryExpression query) {
      subquery(query, walk.walk(query.plan(), scope.inside(rows)));
    } else if (expression instanceof UnresolvedAttribute attribute) {
      attribute(attribute);
    } else if (expression instanceof UnresolvedStar star) {
      PlanWalk.mustNotDependOnTask(rows, Scala.line(star));
    } else {
      function(expression, ordered);
      boolean forgets = Functions.name(expression).filter(Functions::forgetsOrder).isPresent();
      children(expression).forEach(child -> check(child, forgets));
    }
  }

  private void function(Expression expression, boolean ordered) {
    Optional<String> name = Functions.name(expression);
    if (name.isEmpty()) {
      if (!expression.deterministic()) {
        throw new Mixing(
            Scala.line(expression), expression.prettyName() + "() at line {line} is random");
      }
      return;
    }
    int line = Scala.line(expression);
    if (Functions.isRandom(name.get())) {
      throw new Mixing(
          line, name.get() + "() at line {line} gives other values when rows lie otherwise");
    }
    if (Functions.dependsOnOrder(name.get()) && !ordered) {
      throw new Mixing(
          line, name.get() + "() at line {line} depends on the order in which rows happen to come");
    }
    if (!Functions.isKnown(expression)) {
      throw new Mixing(
          line,
          name.get()
              + "() at line {line} is not one of Spark's functions; it may put rows together");
    }
  }

  private void window(Expression function, WindowSpecDefinition spec) {
    PlanWalk.mustNotBeLoose(rows);
    List<Expression> partition = Scala.list(spec.partitionSpec());
    if (rows.isSplit() && partition.stream().noneMatch(this::isInterval)) {
      throw new Mixing(
          Scala.line(function), "the window at line {line} is not partitioned by {column}");
    }
    children(function).forEach(this::check);
    children(spec).forEach(this::check);
  }

  private void in(InSubquery in) {
    List<Expression> values = Scala.list(in.values());
    values.forEach(this::check);
    Relation query = walk.walk(in.query().plan(), scope.inside(rows));
    boolean carries =
        query.isSplit()
            && !query.isOpen()
            && query.visible().size() == values.size()
            && IntStream.range(0, values.size())
                .anyMatch(
                    i ->
                        isInterval(values.get(i))
                            && query.visible().get(i).role() == Role.INTERVAL);
    if (!carries) {
      subquery(in.query(), query);
    }
    PlanWalk.mustNotDependOnTask(query, Scala.line(in));
  }

  private static void subquery(SubqueryExpression expression, Relation query) {
    PlanWalk.mustNotBeLoose(query);
    PlanWalk.mustNotDependOnTask(query, Scala.line(expression));
    if (query.isSplit()) {
      throw new Mixing(
          Scala.line(expression.plan()),
          "the sub-query at line {line} reads all the task's intervals: its WHERE does not equate"
              + " {column} with the row's");
    }
  }

  private void attribute(UnresolvedAttribute attribute) {
    List<String> name = Scala.names(attribute.nameParts());
    Optional<Column> own = rows.find(name);
    Optional<Column> found =
        own.isPresent() ? own : scope.outer().flatMap(outer -> outer.find(name));
    if (found.filter(column -> column.role().dependsOnTask()).isPresent()) {
      throw new Mixing(Scala.line(attribute), dependsOnTask(name.get(name.size() - 1)));
    }
  }

  static String dependsOnTask(String column) {
    return column
        + " at line {line} is known only as of the task's end; compare valid_from and valid_to with"
        + " {column} instead";
  }

  boolean isInterval(Expression expression) {
    return expression instanceof UnresolvedAttribute attribute
        && rows.role(Scala.names(attribute.nameParts())) == Role.INTERVAL;
  }

  static boolean hasAggregate(Expression expression) {
    if (expression instanceof WindowExpression window) {
      return children(window.windowFunction()).stream().anyMatch(ExpressionCheck::hasAggregate)
          || hasAggregate(window.windowSpec());
    }
    if (expression instanceof UnresolvedWindowExpression window) {
      return children(window.child()).stream().anyMatch(ExpressionCheck::hasAggregate);
    }
    return !(expression instanceof SubqueryExpression)
        && (Functions.isAggregate(expression)
            || children(expression).stream().anyMatch(ExpressionCheck::hasAggregate));
  }

  private static List<Expression> children(Expression expression) {
    return Scala.list(expression.children());
  }
}
