package io.sluice.sql;

import io.sluice.sql.Column.Role;
import io.sluice.sql.Relation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.NaturalJoin;
import org.apache.spark.sql.catalyst.plans.UsingJoin;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LateralJoin;
import scala.Option;

/** What a join makes of the rows of its two sides. */
final class Joining {
  private final PlanWalk walk;
  private final Scope scope;
  private final List<Expression> known;

  /**
   * @param known conditions that hold for the rows that are left in the end
   */
  Joining(PlanWalk walk, Scope scope, List<Expression> known) {
    this.walk = walk;
    this.scope = scope;
    this.known = known;
  }

  Relation join(Join join) {
    JoinType type = join.joinType();
    List<String> using = List.of();
    if (type instanceof UsingJoin joined) {
      using = Scala.names(joined.usingColumns());
      type = joined.tpe();
    }
    Side side = Side.of(type);
    List<Expression> on = conjuncts(join.condition());
    List<Expression> all = Stream.concat(on.stream(), known.stream()).toList();
    Relation left =
        walk.walk(
            join.left(),
            scope,
            switch (side) {
              case NEITHER -> all;
              case LEFT, LEFT_ONLY -> known;
              case RIGHT -> on;
              case BOTH -> List.of();
            });
    Relation right =
        walk.walk(
            join.right(),
            scope,
            switch (side) {
              case NEITHER -> all;
              case LEFT, LEFT_ONLY -> on;
              case RIGHT -> known;
              case BOTH -> List.of();
            });
    int line = Scala.line(join);
    if (type instanceof NaturalJoin && !(left.isConstant() && right.isConstant())) {
      throw new Mixing(line, "NATURAL JOIN at line {line} hides its columns; name them by USING");
    }
    return joined(left, right, side, on, using, line);
  }

  Relation lateral(LateralJoin join) {
    Relation left = walk.walk(join.left(), scope, known);
    Relation right = walk.walk(join.right().plan(), scope.inside(left));
    Side side = Side.of(join.joinType());
    return joined(left, right, side, conjuncts(join.condition()), List.of(), Scala.line(join));
  }

  private static List<Expression> conjuncts(Option<Expression> condition) {
    return condition.isDefined() ? Conditions.conjuncts(condition.get()) : List.of();
  }

  private Relation joined(
      Relation wholeLeft,
      Relation wholeRight,
      Side side,
      List<Expression> on,
      List<String> using,
      int line) {
    List<Expression> holding =
        side == Side.NEITHER ? Stream.concat(on.stream(), known.stream()).toList() : on;
    Relation left = bounded(wholeLeft, wholeRight, holding);
    Relation right = bounded(wholeRight, wholeLeft, holding);
    Kind kind = left.isSplit() || right.isSplit() ? Kind.SPLIT : Kind.CONSTANT;
    Relation both = together(kind, left.columns(), right.columns(), left, right);
    walk.checkAll(on, both, scope);
    int first = left.columns().size();
    if (left.isSplit() && right.isSplit()) {
      boolean equated =
          new Conditions(both, holding).equateIntervals(first)
              || using.stream()
                  .anyMatch(
                      name -> role(left, name).isInterval() && role(right, name).isInterval());
      if (!equated) {
        throw new Mixing(line, "JOIN at line {line} does not equate {column} of its two sides");
      }
    } else if (kind == Kind.SPLIT && !side.mayMeet(left.isSplit(), right.isSplit())) {
      throw new Mixing(
          line,
          "JOIN at line {line} keeps rows that belong to no interval and have no partner in the"
              + " task");
    }
    Relation applied = kind == Kind.SPLIT ? new Conditions(both, on).applied() : both;
    return side.keep(applied, both, first, left, right, using);
  }

  /** The side as rows that do not depend on the task, thanks to conditions on the other. */
  private Relation bounded(Relation side, Relation other, List<Expression> holding) {
    if (side.loose().isEmpty()) {
      return side;
    }
    Optional<List<Expression>> bounds =
        other.isSplit() ? Bounds.find(side, other::role, holding) : Optional.empty();
    if (bounds.isEmpty()) {
      PlanWalk.mustNotBeLoose(side);
    }
    walk.accept(bounds.orElseThrow());
    return Relation.of(
        Kind.CONSTANT,
        side.columns().stream()
            .map(c -> c.role().dependsOnTask() ? c : c.withRole(Role.NONE))
            .toList(),
        side.open());
  }

  private static Role role(Relation side, String name) {
    return side.role(List.of(name));
  }

  private static Relation together(
      Kind kind, List<Column> left, List<Column> right, Relation leftSide, Relation rightSide) {
    List<Column> columns = new ArrayList<>(left);
    columns.addAll(right);
    List<List<String>> open = new ArrayList<>(leftSide.open());
    open.addAll(rightSide.open());
    return Relation.of(kind, columns, open);
  }

  /** Whose rows stay without a partner. */
  private enum Side {
    NEITHER,
    LEFT,
    RIGHT,
    BOTH,
    /** Rows of the left alone, because they have a partner or have none. */
    LEFT_ONLY;

    static Side of(JoinType type) {
      return switch (type.sql()) {
        case "INNER", "CROSS" -> NEITHER;
        case "LEFT OUTER" -> LEFT;
        case "RIGHT OUTER" -> RIGHT;
        case "LEFT SEMI", "LEFT ANTI" -> LEFT_ONLY;
        default -> BOTH;
      };
    }

    /** Whether rows that know intervals may be joined with rows that know none. */
    boolean mayMeet(boolean leftKnows, boolean rightKnows) {
      return switch (this) {
        case NEITHER -> true;
        case LEFT, LEFT_ONLY -> leftKnows;
        case RIGHT -> rightKnows;
        case BOTH -> false;
      };
    }

    private UnaryOperator<Column> ofLeft() {
      return this == RIGHT || this == BOTH ? Column::orNull : UnaryOperator.identity();
    }

    private UnaryOperator<Column> ofRight() {
      return this == LEFT || this == BOTH ? Column::orNull : UnaryOperator.identity();
    }

    /**
     * @param applied both sides' columns where the conditions hold
     */
    Relation keep(
        Relation applied,
        Relation both,
        int first,
        Relation left,
        Relation right,
        List<String> using) {
      if (this == LEFT_ONLY) {
        return Relation.of(both.kind(), left.columns(), left.open());
      }
      List<Column> columns = new ArrayList<>();
      using.forEach(
          name -> columns.add(Column.of(name, merged(role(left, name), role(right, name)))));
      for (int i = 0; i < applied.columns().size(); i++) {
        boolean isListed = i < both.columns().size();
        boolean isLeft = isListed ? i < first : left.hasOpen(applied.columns().get(i).qualifier());
        // A row that is kept without a partner does not fulfil the conditions.
        boolean mayBeAlone = this == BOTH || this == (isLeft ? LEFT : RIGHT);
        if (mayBeAlone && !isListed) {
          continue;
        }
        Column column = (mayBeAlone ? both : applied).columns().get(i);
        column = (isLeft ? ofLeft() : ofRight()).apply(column);
        boolean isMerged = !column.hidden() && using.contains(column.name());
        columns.add(isMerged ? column.hide() : column);
      }
      return Relation.of(both.kind(), columns, both.open());
    }

    private Role merged(Role left, Role right) {
      boolean certain =
          switch (this) {
            case NEITHER -> left.isInterval() || right.isInterval();
            case LEFT -> left == Role.INTERVAL;
            case RIGHT -> right == Role.INTERVAL;
            default -> left == Role.INTERVAL && right == Role.INTERVAL;
          };
      return certain ? Role.INTERVAL : Role.NONE;
    }
  }
}
