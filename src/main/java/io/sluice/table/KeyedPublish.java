package io.sluice.table;

import io.delta.tables.DeltaMergeBuilder;
import io.delta.tables.DeltaTable;
import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.ReceiptJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Puts rows into a table by their key, in one commit. */
record KeyedPublish(DeltaSession session, TableWrite write) {

  /** Makes these rows the whole table. */
  Published replace(TableShape shape, Dataset<Row> rows, Receipt receipt) {
    Replacement replacement =
        new Replacement(
            write.path(),
            write.base(),
            shape,
            new Slice.Whole(),
            new Counting(write.job(), write.intervals(), Optional.empty()),
            write.attempt() + "-whole",
            write.rebuild(),
            write.fence());
    try (StagedRows staged =
        session
            .writing()
            .apply(replacement)
            .stage(session.spark(), replacement, rows.select(Columns.columns(shape.columns())))) {
      long version = staged.publish(receipt);
      return new Published(version, staged.unchanged().isEmpty());
    }
  }

  /**
   * Merges these rows.
   *
   * @param gone column of the rows that is true where the key's row goes; empty where none does
   * @param newer of source {@code s} and target {@code t}: whether a matched row is overwritten;
   *     empty for always
   * @param isOrdered whether any other commit since the base is in the way
   */
  Published merge(
      TableShape old,
      TableShape shape,
      Dataset<Row> rows,
      Optional<String> gone,
      Column match,
      Optional<Column> newer,
      boolean isOrdered,
      Receipt receipt) {
    SparkSession spark = session.spark();
    CommitLog log = CommitLog.of(spark, write.path());
    Runnable check = () -> refuseConflicts(log, isOrdered);
    check.run();
    write.fence().ifPresent(fence -> log.refuseFenced(fence, write.base()));
    addColumns(spark, old, shape);
    Map<String, Column> set = new LinkedHashMap<>();
    for (String name : shape.columns().fieldNames()) {
      set.put(Columns.quoted(name), functions.col("s." + Columns.quoted(name)));
    }
    long version =
        new FencedCommit(log, write.fence(), write.base(), receipt)
            .make(check, mark -> merge(rows, gone, match, newer, set, receipt, mark));
    return Published.of(log.at(version));
  }

  private void refuseConflicts(CommitLog log, boolean isOrdered) {
    if (isOrdered) {
      log.refuseConflicts(
          write.job().name().toString(), write.base(), new Slice.Whole(), write.intervals());
    } else {
      log.refuseForeign(write.base());
    }
  }

  private void merge(
      Dataset<Row> rows,
      Optional<String> gone,
      Column match,
      Optional<Column> newer,
      Map<String, Column> set,
      Receipt receipt,
      Optional<FencedCommit.Mark> mark) {
    SparkSession spark = session.spark();
    DeltaMergeBuilder merge =
        DeltaTable.forPath(spark, write.path()).as("t").merge(rows.as("s"), match);
    if (gone.isPresent()) {
      Column goes = functions.col("s." + gone.get());
      merge = merge.whenMatched(goes).delete();
      merge = update(merge, newer, set).whenNotMatched(functions.not(goes)).insert(set);
    } else {
      merge = update(merge, newer, set).whenNotMatched().insert(set);
    }
    try (SessionSettings settings =
        SessionSettings.committing(spark, ReceiptJson.write(receipt), mark)) {
      merge.execute();
    }
  }

  private static DeltaMergeBuilder update(
      DeltaMergeBuilder merge, Optional<Column> newer, Map<String, Column> set) {
    return newer.isPresent()
        ? merge.whenMatched(newer.get()).update(set)
        : merge.whenMatched().update(set);
  }

  /** Rows that are equal in these columns, NULL and NULL too. */
  static Column match(List<String> names) {
    Column match = functions.lit(true);
    for (String name : names) {
      String quoted = Columns.quoted(name);
      match = match.and(functions.col("t." + quoted).eqNullSafe(functions.col("s." + quoted)));
    }
    return match;
  }

  /** MERGE adds no columns by itself; empty ones are seen by nobody. */
  private void addColumns(SparkSession spark, TableShape old, TableShape shape) {
    List<String> added = new ArrayList<>();
    for (StructField field : shape.columns().fields()) {
      Optional<StructField> known = TableShape.find(old.columns(), field.name());
      if (known.isEmpty()) {
        added.add("%s %s".formatted(Columns.quoted(field.name()), field.dataType().sql()));
      } else if (field.name().equals(Versions.PAST)) {
        StructType values = pastRow(field);
        for (StructField value : Columns.without(values, pastRow(known.get())).fields()) {
          added.add(
              "%s.element.row.%s %s"
                  .formatted(Versions.PAST, Columns.quoted(value.name()), value.dataType().sql()));
        }
      }
    }
    if (!added.isEmpty()) {
      spark.sql(
          "ALTER TABLE delta.%s ADD COLUMNS (%s)"
              .formatted(Columns.quoted(write.path()), String.join(", ", added)));
    }
  }

  private static StructType pastRow(StructField field) {
    StructType entry = (StructType) ((ArrayType) field.dataType()).elementType();
    return (StructType) entry.apply("row").dataType();
  }
}
