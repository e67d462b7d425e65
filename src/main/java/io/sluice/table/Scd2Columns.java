package io.sluice.table;

import io.sluice.lake.Job;
import io.sluice.lake.WriteSpec;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of an scd2 table: those of the key and the values, and those that the mode adds.
 *
 * @param values what is stored of a row beside its key
 * @param timeType of the moments at which a version begins and ends
 * @param intervalType of the interval that opened or closed a version
 */
record Scd2Columns(
    Job job,
    WriteSpec.Scd2 spec,
    StructType key,
    StructType values,
    DataType timeType,
    DataType intervalType) {

  static Scd2Columns of(WriteSpec.Scd2 spec, KeyedBatch batch, Optional<TableShape> old) {
    Job job = batch.write().job();
    Columns.named(job, batch.columns(), spec.track(), "write.track");
    spec.sequenceBy()
        .ifPresent(name -> Columns.named(job, batch.columns(), List.of(name), "write.sequence-by"));
    DataType intervalType = job.every().isUtc() ? DataTypes.TimestampType : DataTypes.DateType;
    DataType timeType =
        spec.effective()
            .map(
                name ->
                    Columns.named(job, batch.columns(), List.of(name), "write.effective").apply(0))
            .map(field -> new IntervalColumn(field.name(), field.dataType(), ZoneOffset.UTC).type())
            .orElse(intervalType);
    return new Scd2Columns(
        job, spec, batch.key(), values(spec, batch, old), timeType, intervalType);
  }

  /** The interval column is stored only where it is tracked. */
  private static StructType values(
      WriteSpec.Scd2 spec, KeyedBatch batch, Optional<TableShape> old) {
    List<StructField> stored = new ArrayList<>();
    for (StructField field : Columns.without(batch.columns(), batch.key()).fields()) {
      boolean tellsInterval =
          batch.interval().filter(column -> column.name().equals(field.name())).isPresent();
      if (!tellsInterval || names(spec.track(), field)) {
        stored.add(field);
      }
    }
    // In the table's order, so that what is kept of the past only grows at its end.
    old.ifPresent(table -> stored.sort(Comparator.comparingInt(field -> place(table, field))));
    return new StructType(stored.toArray(new StructField[0]));
  }

  private static int place(TableShape table, StructField field) {
    return TableShape.find(table.columns(), field.name())
        .map(known -> table.columns().fieldIndex(known.name()))
        .orElse(Integer.MAX_VALUE);
  }

  private static boolean names(List<String> names, StructField field) {
    return names.stream().anyMatch(field.name()::equalsIgnoreCase);
  }

  /** Of each value, whether it opens a version; columns that only say when a row is from do not. */
  boolean[] tracked() {
    boolean[] tracked = new boolean[values.length()];
    for (int i = 0; i < tracked.length; i++) {
      StructField field = values.apply(i);
      tracked[i] =
          spec.track().isEmpty()
              ? !names(spec.effective().stream().toList(), field)
                  && !names(spec.sequenceBy().stream().toList(), field)
              : names(spec.track(), field);
    }
    return tracked;
  }

  /** Name of the column that numbers the versions. */
  String surrogate() {
    return surrogate(job);
  }

  static String surrogate(Job job) {
    return job.name().table() + "_key";
  }

  StructField from() {
    return new StructField(Versions.FROM, timeType, true, Metadata.empty());
  }

  /** What tells a version from all others. */
  List<String> identity() {
    List<String> names = new ArrayList<>(List.of(key.fieldNames()));
    names.add(Versions.FROM);
    return names;
  }

  /** The shape of the table with these columns. */
  TableShape shape(KeyedTable table) {
    TableShape made = table.made(all());
    return table
        .old()
        .map(old -> withPast(withoutPast(old).accept(job, withoutPast(made))))
        .orElse(made);
  }

  private StructType all() {
    StructType columns = new StructType().add(surrogate(), DataTypes.LongType);
    for (StructField field : key.fields()) {
      columns = columns.add(field);
    }
    for (StructField field : values.fields()) {
      columns = columns.add(field);
    }
    for (String name : List.of(Versions.FROM, Versions.TO)) {
      columns = columns.add(refuseOwn(columns, name), timeType);
    }
    columns = columns.add(refuseOwn(columns, Versions.CURRENT), DataTypes.BooleanType);
    refuseOwn(columns, Versions.PAST);
    return columns
        .add(refuseOwn(columns, Versions.OPENED), intervalType)
        .add(refuseOwn(columns, Versions.CLOSED), intervalType)
        .add(past());
  }

  private String refuseOwn(StructType columns, String name) {
    if (TableShape.find(columns, name).isPresent()) {
      throw TableShape.refused(
          job, "column %s is one that scd2 adds itself: name yours differently".formatted(name));
    }
    return name;
  }

  private static TableShape withoutPast(TableShape table) {
    StructType past = new StructType().add(Versions.PAST, DataTypes.NullType);
    return new TableShape(Columns.without(table.columns(), past), table.partitionBy());
  }

  private TableShape withPast(TableShape table) {
    return new TableShape(table.columns().add(past()), table.partitionBy());
  }

  private StructField past() {
    return new StructField(
        Versions.PAST, DataTypes.createArrayType(VersionFold.past(values)), true, Metadata.empty());
  }
}
