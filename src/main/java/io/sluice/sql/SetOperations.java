package io.sluice.sql;

import io.sluice.sql.Column.Role;
import io.sluice.sql.Relation.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SetOperation;
import org.apache.spark.sql.catalyst.plans.logical.Union;

/** What DISTINCT, UNION, INTERSECT and EXCEPT make of rows. */
final class SetOperations {
  private final PlanWalk walk;
  private final Scope scope;

  SetOperations(PlanWalk walk, Scope scope) {
    this.walk = walk;
    this.scope = scope;
  }

  Relation distinct(Distinct distinct) {
    Relation rows = walk.walk(distinct.child(), scope);
    PlanWalk.mustNotBeLoose(rows);
    PlanWalk.mustNotDependOnTask(rows, Scala.line(distinct.child()));
    if (rows.isSplit() && rows.visible().stream().noneMatch(c -> c.role() == Role.INTERVAL)) {
      boolean isUnion = distinct.child() instanceof Union;
      throw new Mixing(
          Scala.line(distinct.child()),
          isUnion
              ? "UNION at line {line} removes equal rows of different intervals: it does not carry {column}"
              : "DISTINCT at line {line} does not carry {column}");
    }
    return rows;
  }

  Relation union(Union union) {
    List<Relation> parts =
        Scala.<LogicalPlan>list(union.children()).stream()
            .map(part -> walk.walk(part, scope))
            .toList();
    int line = Scala.line(union);
    parts.forEach(PlanWalk::mustNotBeLoose);
    parts.forEach(part -> PlanWalk.mustNotDependOnTask(part, line));
    Kind kind = parts.get(0).kind();
    if (parts.stream().anyMatch(part -> part.kind() != kind)) {
      throw new Mixing(
          line, "UNION at line {line} adds rows that belong to no interval, once for each task");
    }
    if (parts.stream().anyMatch(Relation::isOpen)) {
      if (kind == Kind.SPLIT) {
        throw new Mixing(
            line,
            "UNION at line {line} is by SELECT *; name its columns to show where {column} is");
      }
      return Relation.of(kind, List.of(), List.of(List.of()));
    }
    List<Column> first = parts.get(0).visible();
    return Relation.of(
        kind,
        IntStream.range(0, first.size())
            .mapToObj(i -> Column.of(first.get(i).name(), agreed(parts, i)))
            .toList(),
        List.of());
  }

  private static Role agreed(List<Relation> parts, int position) {
    boolean all =
        parts.stream()
            .map(Relation::visible)
            .allMatch(
                columns ->
                    position < columns.size() && columns.get(position).role() == Role.INTERVAL);
    return all ? Role.INTERVAL : Role.NONE;
  }

  Relation compare(SetOperation operation) {
    Relation left = walk.walk((LogicalPlan) operation.children().apply(0), scope);
    Relation right = walk.walk((LogicalPlan) operation.children().apply(1), scope);
    String word = operation instanceof Except ? "EXCEPT" : "INTERSECT";
    int line = Scala.line(operation);
    for (Relation side : List.of(left, right)) {
      PlanWalk.mustNotBeLoose(side);
      PlanWalk.mustNotDependOnTask(side, line);
    }
    if (left.isConstant() && right.isConstant()) {
      return left;
    }
    boolean carries =
        !left.isOpen()
            && left.isSplit()
            && IntStream.range(0, left.visible().size())
                .anyMatch(
                    i ->
                        right.isConstant()
                            ? left.visible().get(i).role() == Role.INTERVAL
                            : !right.isOpen() && agreed(List.of(left, right), i) == Role.INTERVAL);
    if (!carries) {
      throw new Mixing(line, word + " at line {line} does not carry {column}");
    }
    return left.as(List.of());
  }
}
