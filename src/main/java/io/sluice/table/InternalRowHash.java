package io.sluice.table;

import io.sluice.deltalog.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;

/**
 * Hashes rows one by one into a {@link ContentHash}, first formula:
 *
 * <pre>
 *   row   = sum over the columns that are not NULL of value(v, mix(name of the column))
 *   first = sum over the rows of mix(row, FIRST)          second = the same with SECOND
 * </pre>
 *
 * All sums wrap at 64 bits. {@code value(v, seed)} is {@link Mix} with that seed of: a number, a
 * date or a time as 64 bits; a string or binary as its bytes; a decimal as its unscaled value; a
 * struct as the sum over its fields, as of a row; an array as its length, and then each element
 * with what came before as its seed; a map as the sum over its entries. So neither the order of
 * rows and columns counts, nor their nullability, nor the width of an integer; names, duplicates
 * and NULLs do. Spark's own {@code xxhash64} leaves NULLs out, takes no maps, and can't tell an
 * empty array from NULL.
 */
final class InternalRowHash {
  static final int FORMULA = 1;

  private static final long FIRST = 0x243F6A8885A308D3L;
  private static final long SECOND = 0x13198A2E03707344L;

  private final List<InternalValueHash.Field> columns;
  private final InternalValueHash.Field[] inOrder;

  private InternalRowHash(List<InternalValueHash.Field> columns) {
    this.columns = columns;
    this.inOrder = columns.toArray(new InternalValueHash.Field[0]);
  }

  /**
   * Empty where a column is of a type that can't be hashed.
   *
   * @param besides columns that do not count
   */
  static Optional<InternalRowHash> of(StructType columns, List<String> besides) {
    return InternalValueHash.fields(columns.fields())
        .map(fields -> fields.stream().filter(one -> !besides.contains(one.name())).toList())
        .map(InternalRowHash::new);
  }

  Sum sum() {
    return new Sum();
  }

  /** Rows as they pass. */
  final class Sum {
    private long first;
    private long second;

    private Sum() {}

    void add(InternalRow row) {
      long hash =
          row instanceof UnsafeRow packed ? of(packed) : InternalValueHash.sum(columns, row);
      first += Mix.of(hash, FIRST);
      second += Mix.of(hash, SECOND);
    }

    private long of(UnsafeRow row) {
      long sum = 0;
      for (InternalValueHash.Field column : inOrder) {
        if (!row.isNullAt(column.at())) {
          sum += column.of(row);
        }
      }
      return sum;
    }

    ContentHash hash() {
      return new ContentHash(first, second);
    }
  }

  /** Of rows that lie in files of one partition: its values count, too. */
  static ContentHash inPartition(String values, ContentHash rows) {
    long partition = Mix.ofBytes(values.getBytes(StandardCharsets.UTF_8), FIRST);
    return new ContentHash(Mix.of(rows.first(), partition), Mix.of(rows.second(), ~partition));
  }
}
