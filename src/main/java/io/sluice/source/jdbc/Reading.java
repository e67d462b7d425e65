package io.sluice.source.jdbc;

import java.util.Optional;

/**
 * How a column's values come through Spark's reader unchanged.
 *
 * @param expression SQL with a place for the column; empty where the column is asked for as it is
 * @param told the type that Spark is told; empty where it finds out
 * @param type what the text becomes in Spark, value by value; one that it can't be turns its row
 *     away
 */
record Reading(Optional<String> expression, Optional<String> told, Optional<String> type) {

  /** As Spark has it. */
  static final Reading AS_IT_IS = new Reading(Optional.empty(), Optional.empty(), Optional.empty());

  static Reading as(String told) {
    return new Reading(Optional.empty(), Optional.of(told), Optional.empty());
  }

  static Reading as(String told, String expression) {
    return new Reading(Optional.of(expression), Optional.of(told), Optional.empty());
  }

  /** As the database writes it. */
  static Reading text(String expression) {
    return as("STRING", expression);
  }

  /** By its text: for types with values that Spark's reader changes, drops or fails on. */
  static Reading byText(String type, String expression) {
    return new Reading(Optional.of(expression), Optional.of("STRING"), Optional.of(type));
  }

  String of(String quoted) {
    return expression.map(sql -> sql.replace("?", quoted) + " AS " + quoted).orElse(quoted);
  }
}
