package io.sluice.sql;

import io.sluice.sql.Column.Role;
import io.sluice.time.Lookback;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Rows on their way through a plan: how they depend on the intervals of the task.
 *
 * @param columns those that are known, in order
 * @param open qualifiers of the relations in it that have further, unknown columns; where there are
 *     any, positions mean nothing
 * @param loose why rows depend on more than their interval; only of {@link Kind#LOOSE}
 */
record Relation(Kind kind, List<Column> columns, List<List<String>> open, Optional<Loose> loose) {

  enum Kind {
    /** The same rows whatever the task's intervals are. */
    CONSTANT,
    /** The rows of many intervals are the rows of each, put together. */
    SPLIT,
    /** Rows depend on the task's span, unless a join bounds them to an interval. */
    LOOSE
  }

  /**
   * @param lookback how far before an interval its rows reach, where that is known
   */
  record Loose(String table, String reason, int line, Optional<Lookback> lookback) {}

  Relation {
    columns = List.copyOf(columns);
    open = List.copyOf(open);
  }

  static Relation of(Kind kind, List<Column> columns, List<List<String>> open) {
    return new Relation(kind, columns, open, Optional.empty());
  }

  boolean isSplit() {
    return kind == Kind.SPLIT;
  }

  boolean isConstant() {
    return kind == Kind.CONSTANT;
  }

  boolean isOpen() {
    return !open.isEmpty();
  }

  List<Column> visible() {
    return columns.stream().filter(column -> !column.hidden()).toList();
  }

  Relation with(List<Column> others) {
    return new Relation(kind, others, open, loose);
  }

  /** The same rows with no columns but the known ones. */
  Relation closed() {
    return new Relation(kind, columns, List.of(), loose);
  }

  Relation mapColumns(UnaryOperator<Column> change) {
    return with(columns.stream().map(change).toList());
  }

  Relation as(List<String> alias) {
    List<Column> renamed = visible().stream().map(column -> column.withQualifier(alias)).toList();
    return new Relation(kind, renamed, isOpen() ? List.of(alias) : List.of(), loose);
  }

  /** What is known of the column that a name means; nothing where the name is not known. */
  Optional<Column> find(List<String> parts) {
    List<Column> called = columns.stream().filter(column -> column.isCalled(parts)).toList();
    Optional<Column> worst =
        called.stream().filter(column -> column.role().dependsOnTask()).findFirst();
    if (worst.isPresent() || called.isEmpty()) {
      return worst;
    }
    Column first = called.get(0);
    boolean agreed = called.stream().allMatch(column -> column.role() == first.role());
    return Optional.of(agreed ? first : first.withRole(Role.NONE));
  }

  Role role(List<String> parts) {
    return find(parts).map(Column::role).orElse(Role.NONE);
  }

  /** Whether a name with a qualifier can only be a column of this relation. */
  boolean knowsQualifier(List<String> qualifier) {
    return Stream.concat(open.stream(), columns.stream().map(Column::qualifier))
        .anyMatch(known -> endsWith(known, qualifier));
  }

  boolean hasOpen(List<String> qualifier) {
    return open.stream().anyMatch(known -> endsWith(known, qualifier));
  }

  static boolean endsWith(List<String> whole, List<String> end) {
    int from = whole.size() - end.size();
    return from >= 0 && whole.subList(from, whole.size()).equals(end);
  }
}
