package io.sluice.lake;

import java.util.List;
import java.util.Optional;

/**
 * How rows lie in the table.
 *
 * @param partitionBy partition columns, in order; empty where there are none
 * @param intervalBy the column that says which interval a row belongs to, of type DATE or
 *     TIMESTAMP; empty for a table without time
 */
public record Shape(List<String> partitionBy, Optional<String> intervalBy) {
  public Shape {
    partitionBy = List.copyOf(partitionBy);
  }

  /** Whether rows of one interval lie in partitions of their own. */
  public boolean isPartitionedByInterval() {
    return intervalBy.filter(partitionBy::contains).isPresent();
  }
}
