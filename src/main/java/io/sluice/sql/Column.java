package io.sluice.sql;

import java.util.List;

/**
 * A column of a relation, as far as intervals are concerned.
 *
 * @param qualifier names that may stand before it, in lower case
 * @param name in lower case; empty where Spark would make up one
 * @param hidden reachable only with its qualifier: the sides of a join by USING
 */
record Column(List<String> qualifier, String name, Role role, boolean hidden) {

  enum Role {
    NONE,
    /** NULL, or a value that lies in the row's interval. */
    MAYBE_INTERVAL,
    /** A value that lies in the row's interval: equal values, same interval. */
    INTERVAL,
    /** The end of the row's interval. */
    INTERVAL_END,
    /** The time of a row that is seen by more than its own interval. */
    LOOKED_BACK,
    VALID_FROM,
    /** Known only as of the task's end: may be compared to a row's interval, nothing else. */
    KNOWN_LATER_VALID_TO,
    /** Known only as of the task's end. */
    KNOWN_LATER;

    boolean isInterval() {
      return this == INTERVAL || this == MAYBE_INTERVAL;
    }

    boolean dependsOnTask() {
      return this == KNOWN_LATER || this == KNOWN_LATER_VALID_TO;
    }
  }

  static Column of(String name, Role role) {
    return new Column(List.of(), name, role, false);
  }

  boolean isCalled(List<String> parts) {
    int last = parts.size() - 1;
    if (!name.equals(parts.get(last))) {
      return false;
    }
    return last == 0 ? !hidden : Relation.endsWith(qualifier, parts.subList(0, last));
  }

  Column withRole(Role other) {
    return new Column(qualifier, name, other, hidden);
  }

  Column withQualifier(List<String> other) {
    return new Column(other, name, role, hidden);
  }

  Column hide() {
    return new Column(qualifier, name, role, true);
  }

  /** The column on the side of an outer join that may be missing. */
  Column orNull() {
    return role == Role.INTERVAL ? withRole(Role.MAYBE_INTERVAL) : this;
  }
}
