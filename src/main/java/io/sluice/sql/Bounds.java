package io.sluice.sql;

import io.sluice.sql.Column.Role;
import io.sluice.time.Lookback;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Subtract;

/**
 * Conditions that leave of a loose relation, for each interval, just the rows that a task of that
 * interval alone would see: versions that are valid at a time of the interval, or rows between the
 * interval and a time that its lookback covers.
 */
final class Bounds {
  private final Relation loose;
  private final Function<List<String>, Role> split;
  private final List<Expression> used = new ArrayList<>();
  private boolean above;
  private boolean below;

  private Bounds(Relation loose, Function<List<String>, Role> split) {
    this.loose = loose;
    this.split = split;
  }

  /**
   * The conditions that bound, if they do.
   *
   * @param split roles of the names on the other side, which knows its intervals
   */
  static Optional<List<Expression>> find(
      Relation loose, Function<List<String>, Role> split, List<Expression> conjuncts) {
    Bounds bounds = new Bounds(loose, split);
    conjuncts.forEach(bounds::read);
    return bounds.above && bounds.below ? Optional.of(bounds.used) : Optional.empty();
  }

  private void read(Expression conjunct) {
    if (!(conjunct instanceof BinaryComparison)) {
      return;
    }
    Expression left = (Expression) conjunct.children().apply(0);
    Expression right = (Expression) conjunct.children().apply(1);
    Role role = looseRole(left);
    if (role != Role.NONE) {
      read(conjunct, role, Sign.of(conjunct), right);
    } else {
      read(conjunct, looseRole(right), Sign.of(conjunct).turned(), left);
    }
  }

  private void read(Expression conjunct, Role role, Sign sign, Expression limit) {
    Role time = splitRole(limit);
    boolean isAbove =
        switch (role) {
          case VALID_FROM, LOOKED_BACK ->
              (sign.isLess() && time.isInterval())
                  || (sign == Sign.LESS && time == Role.INTERVAL_END)
                  || (sign == Sign.EQUAL && role == Role.LOOKED_BACK && time.isInterval());
          default -> false;
        };
    boolean isBelow =
        switch (role) {
          case KNOWN_LATER_VALID_TO ->
              (sign.isGreater() && time.isInterval())
                  || (sign == Sign.GREATER_OR_EQUAL && time == Role.INTERVAL_END);
          case LOOKED_BACK ->
              (sign == Sign.EQUAL && time.isInterval()) || (sign.isGreater() && isCovered(limit));
          default -> false;
        };
    above |= isAbove;
    below |= isBelow;
    if (isAbove || isBelow) {
      used.add(conjunct);
    }
  }

  /** Whether no interval's lookback ends after this time. */
  private boolean isCovered(Expression limit) {
    if (isTime(limit)) {
      return true;
    }
    if (limit instanceof Subtract minus && isTime(minus.left())) {
      return days(minus.right()) <= lookbackDays();
    }
    if (limit instanceof UnresolvedFunction function) {
      List<Expression> arguments = Scala.list(function.arguments());
      return Scala.names(function.nameParts()).equals(List.of("date_sub"))
          && arguments.size() == 2
          && isTime(arguments.get(0))
          && days(arguments.get(1)) <= lookbackDays();
    }
    return false;
  }

  private boolean isTime(Expression expression) {
    Role role = splitRole(expression);
    return role.isInterval() || role == Role.INTERVAL_END;
  }

  private static long days(Expression amount) {
    return amount instanceof Literal literal && literal.value() instanceof Integer days
        ? days
        : Long.MAX_VALUE;
  }

  private long lookbackDays() {
    return loose.loose().flatMap(Relation.Loose::lookback).map(Bounds::atLeastDays).orElse(-1L);
  }

  private static long atLeastDays(Lookback lookback) {
    return switch (lookback.unit()) {
      case DAYS -> lookback.amount();
      case WEEKS -> 7 * lookback.amount();
      case MONTHS -> 28 * lookback.amount();
      case YEARS -> 365 * lookback.amount();
      default -> 0;
    };
  }

  private Role looseRole(Expression expression) {
    return expression instanceof UnresolvedAttribute attribute
        ? loose.role(Scala.names(attribute.nameParts()))
        : Role.NONE;
  }

  private Role splitRole(Expression expression) {
    return expression instanceof UnresolvedAttribute attribute
        ? split.apply(Scala.names(attribute.nameParts()))
        : Role.NONE;
  }

  private enum Sign {
    LESS,
    LESS_OR_EQUAL,
    EQUAL,
    GREATER_OR_EQUAL,
    GREATER,
    OTHER;

    static Sign of(Expression comparison) {
      if (comparison instanceof LessThan) {
        return LESS;
      } else if (comparison instanceof LessThanOrEqual) {
        return LESS_OR_EQUAL;
      } else if (comparison instanceof EqualTo) {
        return EQUAL;
      } else if (comparison instanceof GreaterThanOrEqual) {
        return GREATER_OR_EQUAL;
      }
      return comparison instanceof GreaterThan ? GREATER : OTHER;
    }

    Sign turned() {
      return this == OTHER ? OTHER : values()[GREATER.ordinal() - ordinal()];
    }

    boolean isLess() {
      return this == LESS || this == LESS_OR_EQUAL;
    }

    boolean isGreater() {
      return this == GREATER || this == GREATER_OR_EQUAL;
    }
  }
}
