package io.sluice.sql;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;

/**
 * What names mean at a place in a plan.
 *
 * @param ctes sub-queries of a WITH
 * @param windows of a WINDOW clause
 * @param outer the rows of the query around a sub-query
 */
record Scope(
    Map<String, Relation> ctes,
    Map<String, WindowSpecDefinition> windows,
    Optional<Relation> outer) {

  static final Scope TOP = new Scope(Map.of(), Map.of(), Optional.empty());

  Scope {
    ctes = Map.copyOf(ctes);
    windows = Map.copyOf(windows);
  }

  Scope withCte(String name, Relation rows) {
    Map<String, Relation> more = new HashMap<>(ctes);
    more.put(name, rows);
    return new Scope(more, windows, outer);
  }

  Scope withWindows(Map<String, WindowSpecDefinition> others) {
    return new Scope(ctes, others, outer);
  }

  Scope inside(Relation around) {
    return new Scope(ctes, windows, Optional.of(around));
  }

  /** A sub-query of a WITH sees nothing of the query around. */
  Scope alone() {
    return new Scope(ctes, Map.of(), Optional.empty());
  }
}
