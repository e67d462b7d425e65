package io.sluice.sql;

import io.sluice.sql.Column.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** The columns that conditions, all of which hold, make equal. */
final class Conditions {
  private final Relation relation;
  private final List<Set<Object>> classes = new ArrayList<>();

  /**
   * @param relation what the conditions speak of; other names are taken as they are written
   */
  Conditions(Relation relation, List<Expression> conjuncts) {
    this.relation = relation;
    for (Expression conjunct : conjuncts) {
      if (conjunct instanceof EqualTo equal
          && equal.left() instanceof UnresolvedAttribute left
          && equal.right() instanceof UnresolvedAttribute right) {
        merge(term(left), term(right));
      }
    }
  }

  static List<Expression> conjuncts(Expression condition) {
    if (condition instanceof And and) {
      List<Expression> all = new ArrayList<>(conjuncts(and.left()));
      all.addAll(conjuncts(and.right()));
      return all;
    }
    return List.of(condition);
  }

  /** Whether an interval column among the first so many columns equals one of the others. */
  boolean equateIntervals(int first) {
    return classes.stream()
        .anyMatch(
            terms ->
                intervals(terms).stream()
                        .anyMatch(column -> relation.columns().indexOf(column) < first)
                    && intervals(terms).stream()
                        .anyMatch(column -> relation.columns().lastIndexOf(column) >= first));
  }

  /** Whether an interval column equals one of the query around this one. */
  boolean bindTo(Relation outer) {
    return classes.stream()
        .anyMatch(
            terms ->
                !intervals(terms).isEmpty()
                    && terms.stream()
                        .anyMatch(term -> term instanceof List<?> && isOuterInterval(term, outer)));
  }

  @SuppressWarnings("unchecked")
  private boolean isOuterInterval(Object term, Relation outer) {
    return outerRole((List<String>) term, relation, outer).isInterval();
  }

  /** The role of a name in the query around, if it cannot be a name of the inner one. */
  static Role outerRole(List<String> name, Relation inner, Relation outer) {
    List<String> qualifier = name.subList(0, name.size() - 1);
    boolean mayBeInner =
        inner.find(name).isPresent()
            || (qualifier.isEmpty() ? inner.isOpen() : inner.knowsQualifier(qualifier));
    return mayBeInner ? Role.NONE : outer.role(name);
  }

  /** The relation where the conditions hold: what equals an interval column is one. */
  Relation applied() {
    Map<Column, Column> better = new HashMap<>();
    List<Column> found = new ArrayList<>();
    for (Set<Object> terms : classes) {
      if (intervals(terms).isEmpty()) {
        continue;
      }
      for (Object term : terms) {
        if (term instanceof Column column) {
          if (column.role() == Role.NONE || column.role() == Role.MAYBE_INTERVAL) {
            better.put(column, column.withRole(Role.INTERVAL));
          }
        } else {
          listed(term).ifPresent(found::add);
        }
      }
    }
    List<Column> columns = new ArrayList<>();
    relation.columns().forEach(column -> columns.add(better.getOrDefault(column, column)));
    columns.addAll(found);
    return relation.with(columns);
  }

  /** An unknown column of a known relation, met by its full name. */
  @SuppressWarnings("unchecked")
  private Optional<Column> listed(Object term) {
    List<String> name = (List<String>) term;
    List<String> qualifier = name.subList(0, name.size() - 1);
    boolean known = !qualifier.isEmpty() && relation.hasOpen(qualifier);
    return known
        ? Optional.of(new Column(qualifier, name.get(name.size() - 1), Role.INTERVAL, false))
        : Optional.empty();
  }

  private static List<Column> intervals(Set<Object> terms) {
    return terms.stream()
        .filter(Column.class::isInstance)
        .map(Column.class::cast)
        .filter(column -> column.role().isInterval())
        .toList();
  }

  private Object term(UnresolvedAttribute attribute) {
    List<String> name = Scala.names(attribute.nameParts());
    return relation.find(name).map(Object.class::cast).orElse(name);
  }

  private void merge(Object left, Object right) {
    Set<Object> merged = new HashSet<>(List.of(left));
    merged.add(right);
    classes.removeIf(
        terms -> {
          boolean same = terms.contains(left) || terms.contains(right);
          if (same) {
            merged.addAll(terms);
          }
          return same;
        });
    classes.add(merged);
  }
}
