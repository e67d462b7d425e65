package io.sluice.lake;

import java.util.List;

/** A condition that the rows of each interval must meet together before any is published. */
public sealed interface TableRule {

  String name();

  Origin origin();

  /** No two rows have the same values here. */
  record Unique(String name, List<String> columns, Origin origin) implements TableRule {
    public Unique {
      columns = List.copyOf(columns);
    }
  }

  /**
   * How many rows there are.
   *
   * @param comparison {@code >=}, {@code >}, {@code =}, {@code <=} or {@code <}
   */
  record Rows(String name, String comparison, long count, Origin origin) implements TableRule {}

  record NotNull(String name, List<String> columns, Origin origin) implements TableRule {
    public NotNull {
      columns = List.copyOf(columns);
    }
  }

  /** Each non-NULL value is in that column of the other table, which is an input of the job. */
  record References(String name, String column, TableName table, String tableColumn, Origin origin)
      implements TableRule {}

  /** A boolean aggregate over the rows: {@code sum(amount) >= 0}. */
  record Sql(String name, String sql, Origin origin) implements TableRule {}
}
