package io.sluice.table;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Applies the rows of a task to the row of each key.
 *
 * @param onlyChanged whether rows that stay as they are are left out
 */
record ChangeFold(int keys, KeyState rule, boolean onlyChanged)
    implements CoGroupFunction<Row, Row, Row, Row> {
  static final String START = "_start";
  static final String TIE = "_tie";
  static final String DELETES = "_deletes";
  static final String ROW = "_row";
  static final String GONE = "_gone";

  static StructType result(StructType row) {
    return new StructType().add(ROW, row).add(GONE, DataTypes.BooleanType, false);
  }

  @Override
  public Iterator<Row> call(Row key, Iterator<Row> batch, Iterator<Row> stored) {
    List<KeyState.Change> changes = new ArrayList<>();
    batch.forEachRemaining(
        row ->
            changes.add(
                new KeyState.Change(
                    row.getLong(keys),
                    row.getLong(keys + 1),
                    row.getBoolean(keys + 2),
                    VersionFold.array(row.getStruct(keys + 3)))));
    @Nullable Object @Nullable [] before =
        stored.hasNext() ? VersionFold.array(stored.next().getStruct(keys)) : null;
    @Nullable Object @Nullable [] after = rule.apply(before, changes);
    if (after == null) {
      return before == null || !onlyChanged
          ? Stream.<Row>empty().iterator()
          : List.of(RowFactory.create(RowFactory.create(before), true)).iterator();
    }
    boolean isSame = onlyChanged && Objects.deepEquals(before, after);
    return isSame
        ? Stream.<Row>empty().iterator()
        : List.of(RowFactory.create(RowFactory.create(after), false)).iterator();
  }
}
