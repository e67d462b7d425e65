package io.sluice.table;

import io.sluice.table.KeyHistory.Change;
import io.sluice.table.KeyHistory.Past;
import io.sluice.table.KeyHistory.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/**
 * Takes back and applies the intervals of a task to the versions of each key, and gives those that
 * are not as they were.
 *
 * @param openEnd until when an open version holds
 * @param first number of the task's first interval: it and later ones are taken back
 * @param closings number of each interval that has rows, and the moment at which it closes keys
 *     that it lacks; empty where absent keys stay
 */
record VersionFold(
    int keys, boolean[] tracked, long openEnd, long first, TreeMap<Long, Long> closings)
    implements CoGroupFunction<Row, Row, Row, Row> {

  static final String INTERVAL = "_interval";
  static final String AT = "_at";
  static final String VALUES = "_values";
  static final String GONE = "_gone";

  /** Of the versions, as they go in. */
  static StructType versions(StructType keys, StructType values) {
    return times(keys, values).add(VALUES, values);
  }

  /** Of the versions, as they come out: also whether there is no such version any more. */
  static StructType changed(StructType keys, StructType values) {
    return versions(keys, values).add(GONE, DataTypes.BooleanType, false);
  }

  private static StructType times(StructType keys, StructType values) {
    return keys.add(Versions.FROM, DataTypes.LongType)
        .add(Versions.TO, DataTypes.LongType)
        .add(Versions.OPENED, DataTypes.LongType)
        .add(Versions.CLOSED, DataTypes.LongType)
        .add(Versions.PAST, DataTypes.createArrayType(past(values)));
  }

  static StructType past(StructType values) {
    return new StructType()
        .add("interval", DataTypes.LongType)
        .add("to", DataTypes.LongType)
        .add("closed", DataTypes.LongType)
        .add("row", values);
  }

  @Override
  public Iterator<Row> call(Row key, Iterator<Row> batch, Iterator<Row> stored) {
    List<Version> before = new ArrayList<>();
    stored.forEachRemaining(row -> before.add(version(row)));
    KeyHistory history = new KeyHistory(openEnd, tracked, before);
    history.takeBack(first);
    TreeMap<Long, List<Change>> changes = new TreeMap<>();
    batch.forEachRemaining(
        row ->
            changes
                .computeIfAbsent(row.getLong(keys), interval -> new ArrayList<>())
                .add(new Change(row.getLong(keys + 1), array(row.getStruct(keys + 2)))));
    closings.forEach(
        (interval, at) -> {
          if (!changes.containsKey(interval)) {
            changes.put(interval, List.of());
          }
        });
    changes.forEach(
        (interval, rows) -> {
          if (rows.isEmpty()) {
            history.closeAbsent(interval, closings.getOrDefault(interval, openEnd));
          } else {
            history.apply(
                interval, rows.stream().sorted(Comparator.comparingLong(Change::at)).toList());
          }
        });
    return different(key, before, history.versions()).iterator();
  }

  private static List<Row> different(Row key, List<Version> before, List<Version> after) {
    Map<Long, Version> old = new TreeMap<>();
    before.forEach(version -> old.put(version.from, version));
    List<Row> rows = new ArrayList<>();
    for (Version version : after) {
      Version same = old.remove(version.from);
      if (same == null || !same.isSame(version)) {
        rows.add(row(key, version, false));
      }
    }
    old.values().forEach(version -> rows.add(row(key, version, true)));
    return rows;
  }

  private Version version(Row row) {
    List<Past> past = new ArrayList<>();
    if (!row.isNullAt(keys + 4)) {
      for (Row entry : row.<Row>getList(keys + 4)) {
        past.add(
            new Past(
                entry.getLong(0), entry.getLong(1), closed(entry, 2), array(entry.getStruct(3))));
      }
    }
    return new Version(
        row.getLong(keys),
        row.getLong(keys + 1),
        row.getLong(keys + 2),
        closed(row, keys + 3),
        array(row.getStruct(keys + 5)),
        past);
  }

  private static Row row(Row key, Version version, boolean gone) {
    List<Row> past =
        version.past.stream()
            .map(
                entry ->
                    RowFactory.create(
                        entry.interval(),
                        entry.to(),
                        closed(entry.closed()),
                        RowFactory.create(entry.values())))
            .toList();
    @Nullable Object[] times = {
      version.from,
      version.to,
      version.opened,
      closed(version.closed),
      past.isEmpty() ? null : JavaConverters.asScalaBuffer(past).toSeq(),
      RowFactory.create(version.values),
      gone
    };
    return RowFactory.create(Stream.concat(Stream.of(array(key)), Stream.of(times)).toArray());
  }

  private static long closed(Row row, int at) {
    return row.isNullAt(at) ? KeyHistory.NEVER : row.getLong(at);
  }

  private static @Nullable Long closed(long closed) {
    return closed == KeyHistory.NEVER ? null : closed;
  }

  static @Nullable Object[] array(Row row) {
    @Nullable Object[] values = new Object[row.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    return values;
  }
}
