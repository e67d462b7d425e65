package io.sluice.sql;

import io.sluice.sql.Column.Role;
import io.sluice.sql.Relation.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.analysis.UnresolvedHaving;
import org.apache.spark.sql.catalyst.analysis.UnresolvedInlineTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedSubqueryColumnAliases;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTVFAliases;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LateralJoin;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionOperation;
import org.apache.spark.sql.catalyst.plans.logical.SetOperation;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedHint;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.plans.logical.WithWindowDefinition;
import scala.Tuple2;
import scala.collection.JavaConverters;

/** Follows the interval columns from the inputs of a plan to its result. */
final class PlanWalk {
  private final Sources sources;

  /** Conditions that hold because they bound a loose relation; they may speak of its columns. */
  private final Set<Expression> bounding = Collections.newSetFromMap(new IdentityHashMap<>());

  PlanWalk(Sources sources) {
    this.sources = sources;
  }

  /**
   * @throws Mixing at the first operator at which intervals could mix
   */
  Relation walk(LogicalPlan plan, Scope scope) {
    return walk(plan, scope, List.of());
  }

  /**
   * @param known conditions that hold for the rows that are left in the end
   */
  Relation walk(LogicalPlan plan, Scope scope, List<Expression> known) {
    if (plan instanceof UnresolvedRelation relation) {
      return sources.relation(relation, scope);
    } else if (plan instanceof SubqueryAlias alias) {
      return walk(alias.child(), scope).as(alias(alias));
    } else if (plan instanceof Filter filter) {
      return filter(filter, scope, known);
    } else if (plan instanceof Project project) {
      return new SelectList(this, scope, walk(project.child(), scope)).project(project);
    } else if (plan instanceof Aggregate aggregate) {
      return new SelectList(this, scope, walk(aggregate.child(), scope)).aggregate(aggregate);
    } else if (plan instanceof UnresolvedHaving having
        && having.child() instanceof Aggregate groups) {
      Relation rows = walk(groups.child(), scope);
      check(having.havingCondition(), rows, scope);
      return new SelectList(this, scope, rows).aggregate(groups);
    } else if (plan instanceof Join join) {
      return new Joining(this, scope, known).join(join);
    } else if (plan instanceof LateralJoin join) {
      return new Joining(this, scope, known).lateral(join);
    } else if (plan instanceof UnresolvedWith with) {
      return with(with, scope);
    } else if (plan instanceof Distinct distinct) {
      return new SetOperations(this, scope).distinct(distinct);
    } else if (plan instanceof Union union) {
      return new SetOperations(this, scope).union(union);
    } else if (plan instanceof Except || plan instanceof Intersect) {
      return new SetOperations(this, scope).compare((SetOperation) plan);
    } else if (plan instanceof Generate generate) {
      return generate(generate, scope, known);
    } else if (plan instanceof WithWindowDefinition windows) {
      Map<String, WindowSpecDefinition> byName = new HashMap<>();
      JavaConverters.mapAsJavaMap(windows.windowDefinitions())
          .forEach((name, window) -> byName.put(Scala.fold(name), window));
      return walk(windows.child(), scope.withWindows(byName));
    } else if (plan instanceof UnresolvedSubqueryColumnAliases aliases) {
      return renamed(aliases, scope);
    } else if (plan instanceof UnresolvedHint hint) {
      return walk(hint.child(), scope, known);
    } else if (plan instanceof Sort
        || plan instanceof RepartitionByExpression
        || plan instanceof RepartitionOperation) {
      return walk((LogicalPlan) plan.children().head(), scope);
    } else if (plan instanceof GlobalLimit || plan instanceof Offset) {
      throw new Mixing(
          lineOfFirstExpression(plan),
          plan instanceof Offset
              ? "OFFSET at line {line} leaves out rows of all the task's intervals together"
              : "LIMIT at line {line} takes rows from all the task's intervals together");
    } else if (plan instanceof UnresolvedInlineTable table) {
      Scala.list(table.rows())
          .forEach(row -> Scala.<Expression>list(row).forEach(cell -> check(cell, EMPTY, scope)));
      return Relation.of(
          Kind.CONSTANT,
          Scala.names(table.names()).stream().map(name -> Column.of(name, Role.NONE)).toList(),
          List.of());
    } else if (plan instanceof OneRowRelation) {
      return EMPTY;
    } else if (plan instanceof UnresolvedTableValuedFunction
        || plan instanceof UnresolvedTVFAliases) {
      return function(plan, scope);
    }
    throw new Mixing(
        Scala.line(plan), "%s at line {line} is not understood".formatted(words(plan.nodeName())));
  }

  static final Relation EMPTY = Relation.of(Kind.CONSTANT, List.of(), List.of());

  void check(Expression expression, Relation rows, Scope scope) {
    new ExpressionCheck(this, rows, scope).check(expression);
  }

  void accept(List<Expression> conditions) {
    bounding.addAll(conditions);
  }

  void checkAll(List<Expression> conditions, Relation rows, Scope scope) {
    conditions.stream()
        .filter(condition -> !bounding.contains(condition))
        .forEach(condition -> check(condition, rows, scope));
  }

  /** Fails where rows would be put together that are not known to be of one interval. */
  static void mustNotBeLoose(Relation rows) {
    rows.loose()
        .ifPresent(
            loose -> {
              throw new Mixing(loose.line(), loose.reason());
            });
  }

  /** Fails where rows are compared as wholes and one of their columns depends on the task. */
  static void mustNotDependOnTask(Relation rows, int line) {
    rows.visible().stream()
        .filter(column -> column.role().dependsOnTask())
        .findFirst()
        .ifPresent(
            column -> {
              throw new Mixing(line, ExpressionCheck.dependsOnTask(column.name()));
            });
  }

  private static List<String> alias(SubqueryAlias alias) {
    List<String> parts = new ArrayList<>(Scala.names(alias.identifier().qualifier()));
    parts.add(Scala.fold(alias.identifier().name()));
    return parts;
  }

  private Relation filter(Filter filter, Scope scope, List<Expression> known) {
    List<Expression> own = Conditions.conjuncts(filter.condition());
    List<Expression> all = new ArrayList<>(own);
    all.addAll(known);
    Relation rows = walk(filter.child(), scope, all);
    if (rows.loose().isPresent() && scope.outer().isPresent()) {
      Relation inner = rows;
      Relation outer = scope.outer().get();
      var bounds = Bounds.find(inner, name -> Conditions.outerRole(name, inner, outer), own);
      if (bounds.isPresent()) {
        accept(bounds.get());
        rows = Relation.of(Kind.CONSTANT, inner.columns(), inner.open());
      }
    }
    checkAll(own, rows, scope);
    if (!rows.isSplit()) {
      return rows;
    }
    Conditions conditions = new Conditions(rows, own);
    if (scope.outer().filter(conditions::bindTo).isPresent()) {
      return Relation.of(
          Kind.CONSTANT,
          rows.columns().stream()
              .map(column -> column.role().dependsOnTask() ? column : column.withRole(Role.NONE))
              .toList(),
          rows.open());
    }
    return conditions.applied();
  }

  private Relation with(UnresolvedWith with, Scope scope) {
    Scope inner = scope;
    for (Tuple2<String, SubqueryAlias> cte :
        Scala.<Tuple2<String, SubqueryAlias>>list(with.cteRelations())) {
      Relation rows = walk(cte._2(), inner.alone());
      inner = inner.withCte(Scala.fold(cte._1()), rows);
    }
    return walk(with.child(), inner);
  }

  private Relation generate(Generate generate, Scope scope, List<Expression> known) {
    Relation rows = walk(generate.child(), scope, known);
    check((Expression) generate.generator(), rows, scope);
    List<String> qualifier =
        generate.qualifier().isDefined()
            ? List.of(Scala.fold(generate.qualifier().get()))
            : List.of();
    List<Column> columns = new ArrayList<>(rows.columns());
    for (Attribute attribute : Scala.<Attribute>list(generate.generatorOutput())) {
      columns.add(new Column(qualifier, Scala.fold(attribute.name()), Role.NONE, false));
    }
    List<List<String>> open = new ArrayList<>(rows.open());
    open.add(qualifier);
    return new Relation(rows.kind(), columns, open, rows.loose());
  }

  private Relation renamed(UnresolvedSubqueryColumnAliases aliases, Scope scope) {
    Relation rows = walk(aliases.child(), scope);
    List<String> names = Scala.names(aliases.outputColumnNames());
    if (rows.isOpen() && rows.loose().isPresent()) {
      mustNotBeLoose(rows);
    }
    mustNotDependOnTask(rows, Scala.line(aliases));
    List<Column> before = rows.visible();
    return rows.with(
            IntStream.range(0, names.size())
                .mapToObj(
                    i ->
                        Column.of(
                            names.get(i),
                            rows.isOpen() || i >= before.size() ? Role.NONE : before.get(i).role()))
                .toList())
        .closed();
  }

  private Relation function(LogicalPlan plan, Scope scope) {
    if (plan instanceof UnresolvedTVFAliases aliases) {
      return walk(aliases.child(), scope);
    }
    Scala.<Expression>list(plan.expressions()).forEach(argument -> check(argument, EMPTY, scope));
    return Relation.of(Kind.CONSTANT, List.of(), List.of(List.of()));
  }

  private static int lineOfFirstExpression(LogicalPlan plan) {
    return Scala.<Expression>list(plan.expressions()).stream()
        .findFirst()
        .map(Scala::line)
        .orElse(Scala.line(plan));
  }

  private static String words(String node) {
    return node.replaceFirst("^Unresolved", "")
        .replaceAll("([a-z])([A-Z])", "$1 $2")
        .toUpperCase(Locale.ROOT);
  }
}
