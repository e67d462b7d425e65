package io.sluice.sql;

import io.sluice.sql.Column.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.MultiAlias;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedStar;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.BaseGroupingSets;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import scala.collection.Seq;

/** What a SELECT list, with or without GROUP BY, makes of its rows. */
final class SelectList {
  private final PlanWalk walk;
  private final Scope scope;
  private final Relation rows;

  SelectList(PlanWalk walk, Scope scope, Relation rows) {
    this.walk = walk;
    this.scope = scope;
    this.rows = rows;
  }

  Relation project(Project project) {
    List<Expression> items = expressions(project.projectList());
    items.stream()
        .filter(ExpressionCheck::hasAggregate)
        .findFirst()
        .ifPresent(item -> mustNotBePutTogether(Scala.line(item)));
    return output(items);
  }

  private void mustNotBePutTogether(int line) {
    PlanWalk.mustNotBeLoose(rows);
    if (rows.isSplit()) {
      throw new Mixing(
          line, "the aggregate at line {line} has no GROUP BY, which would carry {column}");
    }
  }

  Relation aggregate(Aggregate aggregate) {
    PlanWalk.mustNotBeLoose(rows);
    List<Expression> items = expressions(aggregate.aggregateExpressions());
    List<Expression> groups = new ArrayList<>();
    for (Expression group : Scala.<Expression>list(aggregate.groupingExpressions())) {
      groups.addAll(meant(group, items));
    }
    if (groups.isEmpty()) {
      mustNotBePutTogether(Scala.line(aggregate));
    }
    groups.forEach(group -> walk.check(group, rows, scope));
    Set<Column> carried = new HashSet<>();
    groups.forEach(group -> carriers(group).forEach(carried::add));
    if (rows.isSplit() && carried.isEmpty()) {
      throw new Mixing(
          Scala.line(aggregate.groupingExpressions().head()),
          "GROUP BY at line {line} does not carry {column}");
    }
    boolean nullsColumns = groups.stream().anyMatch(BaseGroupingSets.class::isInstance);
    Relation output = output(items);
    return nullsColumns ? without(output, items, carried) : output;
  }

  /** A column that some grouping set leaves out is NULL in its rows. */
  private Relation without(Relation output, List<Expression> items, Set<Column> carried) {
    if (output.columns().size() != items.size()) {
      return output.mapColumns(column -> column.withRole(Role.NONE));
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      boolean kept =
          attribute(items.get(i))
              .flatMap(name -> rows.find(name))
              .filter(carried::contains)
              .isPresent();
      Column column = output.columns().get(i);
      columns.add(kept ? column : column.withRole(Role.NONE));
    }
    return output.with(columns);
  }

  /** What a grouping expression stands for: itself, a position, a name of the list, or ALL. */
  private List<Expression> meant(Expression group, List<Expression> items) {
    if (group instanceof Literal literal && literal.value() instanceof Integer position) {
      boolean counted =
          position >= 1
              && position <= items.size()
              && items.subList(0, position).stream().allMatch(SelectList::isOneColumn);
      return List.of(counted ? bare(items.get(position - 1)) : group);
    }
    Optional<List<String>> name = attribute(group);
    if (name.isPresent() && name.get().size() == 1 && rows.find(name.get()).isEmpty()) {
      if (name.get().get(0).equals("all")) {
        return items.stream()
            .filter(item -> !ExpressionCheck.hasAggregate(item))
            .map(SelectList::bare)
            .toList();
      }
      for (Expression item : items) {
        if (item instanceof Alias alias && Scala.fold(alias.name()).equals(name.get().get(0))) {
          return List.of(alias.child());
        }
      }
    }
    return List.of(group);
  }

  private List<Column> carriers(Expression group) {
    if (group instanceof BaseGroupingSets sets) {
      Set<Column> inAll = null;
      for (Seq<Expression> set : Scala.<Seq<Expression>>list(sets.selectedGroupByExprs())) {
        Set<Column> inThis = new HashSet<>();
        Scala.<Expression>list(set).forEach(member -> inThis.addAll(carriers(member)));
        if (inAll == null) {
          inAll = inThis;
        } else {
          inAll.retainAll(inThis);
        }
      }
      return inAll == null ? List.of() : List.copyOf(inAll);
    }
    return attribute(group)
        .flatMap(rows::find)
        .filter(column -> column.role() == Role.INTERVAL)
        .stream()
        .toList();
  }

  private Relation output(List<Expression> items) {
    List<Column> columns = new ArrayList<>();
    boolean open = false;
    for (Expression item : items) {
      if (item instanceof UnresolvedStar star) {
        open |= star(star, columns);
        continue;
      }
      Optional<List<String>> name = attribute(item);
      Optional<Column> passed = name.flatMap(rows::find);
      if (passed.isEmpty()) {
        walk.check(item, rows, scope);
      }
      Role role = passed.map(Column::role).orElse(Role.NONE);
      if (item instanceof MultiAlias many) {
        Scala.names(many.names()).forEach(each -> columns.add(Column.of(each, Role.NONE)));
      } else if (item instanceof Alias alias) {
        columns.add(Column.of(Scala.fold(alias.name()), role));
      } else {
        columns.add(Column.of(name.map(parts -> parts.get(parts.size() - 1)).orElse(""), role));
        open |= Functions.isGenerator(bare(item));
      }
    }
    return new Relation(rows.kind(), columns, open ? List.of(List.of()) : List.of(), rows.loose());
  }

  private boolean star(UnresolvedStar star, List<Column> columns) {
    List<String> of = star.target().isDefined() ? Scala.names(star.target().get()) : List.of();
    rows.visible().stream()
        .filter(column -> Relation.endsWith(column.qualifier(), of))
        .forEach(column -> columns.add(column.withQualifier(List.of())));
    return of.isEmpty() ? rows.isOpen() : rows.hasOpen(of) || !rows.knowsQualifier(of);
  }

  private static boolean isOneColumn(Expression item) {
    return !(item instanceof UnresolvedStar)
        && !(item instanceof MultiAlias)
        && !Functions.isGenerator(bare(item));
  }

  private static Expression bare(Expression item) {
    if (item instanceof Alias alias) {
      return alias.child();
    }
    return item instanceof UnresolvedAlias unnamed ? unnamed.child() : item;
  }

  private static Optional<List<String>> attribute(Expression item) {
    return bare(item) instanceof UnresolvedAttribute attribute
        ? Optional.of(Scala.names(attribute.nameParts()))
        : Optional.empty();
  }

  private static List<Expression> expressions(Seq<NamedExpression> items) {
    return Scala.<NamedExpression>list(items).stream().map(Expression.class::cast).toList();
  }
}
